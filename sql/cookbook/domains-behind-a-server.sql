-- Which domains receive their mail at one server?
WITH led AS MATERIALIZED (
    -- those that ever did: one look-up by the server, and then one for each domain
    SELECT DISTINCT domain
    FROM pub.route
    WHERE mx_host = 'mx.example.org'
)

SELECT led.domain, way.preference, way.is_primary
FROM led
CROSS JOIN LATERAL (
    SELECT DISTINCT preference, is_primary
    FROM pub.domain_server
    WHERE night = (SELECT max(night) FROM pub.night WHERE completed_at IS NOT NULL)
      AND domain = led.domain
      AND mx_host = 'mx.example.org'
) AS way
ORDER BY led.domain;
