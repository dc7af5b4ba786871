-- Every server of tonight's routes, in tonight's order. The names on one address are ranked by a hash of name and night,
-- so that another 20 of many are sampled each night; the first of them is the donor of those that are not.
WITH server AS (
    SELECT endpoint_id, bool_or(is_best) AS is_primary, bool_and(is_implicit) AS is_implicit
    FROM tonight_set_server(:night)
    GROUP BY endpoint_id
),

named AS (
    SELECT server.endpoint_id, server.is_primary, server.is_implicit, mail_host.name, endpoint.address,
           sha256(convert_to(:night::date::text || ' ' || mail_host.name, 'UTF8')) AS lot
    FROM server
    JOIN endpoint USING (endpoint_id)
    JOIN mail_host USING (mail_host_id)
)

SELECT endpoint_id, name, host(address) AS address, is_primary, is_implicit,
       row_number() OVER (PARTITION BY address ORDER BY lot)             AS name_rank,
       first_value(endpoint_id) OVER (PARTITION BY address ORDER BY lot) AS donor_endpoint_id
FROM named
ORDER BY lot, endpoint_id
