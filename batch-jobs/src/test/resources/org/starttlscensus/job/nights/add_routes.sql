-- For listed domains without a route: sets of MX records by a power law.
INSERT INTO mail_route (domain_id, first_night, route, mx_set_id, mx_seen)
SELECT drawn.domain_id, :night, drawn.route, CASE WHEN drawn.route IN ('mx', 'implicit_mx', 'mx_unresolvable') THEN drawn.mx_set_id END, 1
FROM (
    SELECT domain.domain_id, chosen.mx_set_id,
           CASE WHEN draw(domain.domain_id, 8) < 0.03 THEN 'null_mx'
                WHEN draw(domain.domain_id, 8) < 0.05 THEN 'nxdomain'
                WHEN draw(domain.domain_id, 8) < 0.06 THEN 'no_mail'
                WHEN draw(domain.domain_id, 8) < 0.065 THEN 'mx_unresolvable'
                WHEN chosen.mx_set_id % 25 = 0 THEN 'implicit_mx'
                ELSE 'mx' END AS route
    FROM domain
    CROSS JOIN LATERAL (
        SELECT 1 + floor((0.8 * :servers)::bigint * power(draw(domain.domain_id, 100 + (:night::date - date '1970-01-01')), 2.5))::bigint
    ) AS chosen (mx_set_id)
    WHERE NOT EXISTS (SELECT FROM mail_route WHERE mail_route.domain_id = domain.domain_id AND mail_route.last_night IS NULL)
) AS drawn
