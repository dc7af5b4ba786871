INSERT INTO tonight_domain (domain_id, rank, route, mx_set_id, mx_seen)
SELECT domain_id, rank, route, mx_set_id, mx_seen
FROM tonight_route(:night)
