-- What is known here of a name with all below it, or of a network.
WITH given AS (
    SELECT :name::text AS name, '%.' || replace(replace(:name, '\', '\\'), '_', '\_') AS below
),

host AS (
    SELECT mail_host.mail_host_id
    FROM mail_host
    JOIN given ON mail_host.name = given.name OR mail_host.name LIKE given.below
)

SELECT
    (SELECT count(*) FROM domain JOIN given ON domain.name = given.name OR domain.name LIKE given.below) AS domains,
    (SELECT count(*) FROM host)                                                                          AS hosts,
    (SELECT count(*)
     FROM endpoint
     WHERE endpoint.address <<= :network::cidr
        OR endpoint.mail_host_id IN (SELECT host.mail_host_id FROM host))                                AS servers
