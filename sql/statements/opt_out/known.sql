-- What is known here of a name with all below it, or of a network.
SELECT
    (SELECT count(*) FROM domain
     WHERE domain.name = :name OR domain.name LIKE '%.' || replace(replace(:name, '\', '\\'), '_', '\_'))           AS domains,
    (SELECT count(*) FROM mail_host
     WHERE mail_host.name = :name OR mail_host.name LIKE '%.' || replace(replace(:name, '\', '\\'), '_', '\_'))     AS hosts,
    (SELECT count(*) FROM endpoint JOIN mail_host USING (mail_host_id)
     WHERE endpoint.address <<= :network::cidr
        OR mail_host.name = :name
        OR mail_host.name LIKE '%.' || replace(replace(:name, '\', '\\'), '_', '\_'))                               AS servers
