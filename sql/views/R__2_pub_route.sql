-- Where the mail of domains goes: routes and addresses as spans of nights, and the servers of each domain by night.
-- Whoever opted out is in none of them.
CREATE OR REPLACE VIEW pub.route AS
SELECT domain.name AS domain, mail_route.first_night, mail_route.last_night, mail_route.route,
       member.mx_host, member.preference, mail_route.mx_seen AS mx_hosts
FROM census.mail_route
JOIN census.domain USING (domain_id)
LEFT JOIN (
    SELECT mx_set_member.mx_set_id, mx_set_member.preference, mail_host.name AS mx_host
    FROM census.mx_set_member
    JOIN census.mail_host USING (mail_host_id)
    WHERE NOT mail_host.is_opted_out
) AS member USING (mx_set_id)
WHERE NOT domain.is_opted_out;

COMMENT ON VIEW pub.route IS 'What the DNS said of each domain''s mail, as spans of nights: one row per span and MX record, or one without a host. Nights on which the DNS could not be asked begin no span; pub.domain has them.';
COMMENT ON COLUMN pub.route.domain IS 'The domain, canonical (UTS #46, A-labels).';
COMMENT ON COLUMN pub.route.first_night IS 'The first night on which this was seen.';
COMMENT ON COLUMN pub.route.last_night IS 'The night before something else was seen; null while it holds.';
COMMENT ON COLUMN pub.route.route IS 'Where its mail goes; explained under route.';
COMMENT ON COLUMN pub.route.mx_host IS 'Name of the mail server; for implicit_mx the domain itself; null where there is none, or it opted out.';
COMMENT ON COLUMN pub.route.preference IS 'MX preference: the lowest is tried first. 0 for implicit_mx.';
COMMENT ON COLUMN pub.route.mx_hosts IS 'Number of its usable MX hosts, before the cap of 10.';

CREATE OR REPLACE VIEW pub.address AS
SELECT mail_host.name AS mx_host, host_addresses.first_night, host_addresses.last_night, host_addresses.status,
       endpoint.address AS ip, host_addresses.seen AS addresses,
       ARRAY(
           SELECT alias.name
           FROM unnest(host_addresses.aliases) WITH ORDINALITY AS alias (name, place)
           WHERE NOT EXISTS (
               SELECT FROM census.opt_out WHERE opt_out.name = ANY (census.name_and_parents(alias.name))
           )
           ORDER BY alias.place
       ) AS aliases
FROM census.host_addresses
JOIN census.mail_host USING (mail_host_id)
LEFT JOIN census.endpoint
    ON endpoint.mail_host_id = host_addresses.mail_host_id
    AND endpoint.address = ANY (host_addresses.addresses)
    AND NOT endpoint.is_opted_out
WHERE NOT mail_host.is_opted_out;

COMMENT ON VIEW pub.address IS 'A and AAAA of each mail server, as spans of nights: one row per span and address, or one without. Nights on which the DNS could not be asked begin no span; pub.domain_server has them.';
COMMENT ON COLUMN pub.address.mx_host IS 'Name of the mail server.';
COMMENT ON COLUMN pub.address.first_night IS 'The first night on which this was seen.';
COMMENT ON COLUMN pub.address.last_night IS 'The night before something else was seen; null while it holds.';
COMMENT ON COLUMN pub.address.status IS 'found, no_address (the name exists without A and AAAA) or nxdomain.';
COMMENT ON COLUMN pub.address.ip IS 'The address; null where there is none, or it opted out.';
COMMENT ON COLUMN pub.address.addresses IS 'Number of its addresses, before the cap of 4.';
COMMENT ON COLUMN pub.address.aliases IS 'Names that its CNAME records led to, in that order.';

CREATE OR REPLACE VIEW pub.domain_server AS
SELECT domain_verdict.night, domain.name AS domain, mail_host.name AS mx_host, endpoint.address AS ip,
       mx_set_member.preference,
       mx_set_member.preference = (
           SELECT min(best.preference) FROM census.mx_set_member AS best WHERE best.mx_set_id = mail_route.mx_set_id
       ) AS is_primary,
       mail_route.route = 'implicit_mx' AS is_implicit,
       coalesce(host_failure.status, host_addresses.status) AS address_status
FROM census.domain_verdict
JOIN census.domain ON domain.domain_id = domain_verdict.domain_id
JOIN census.mail_route
    ON mail_route.domain_id = domain_verdict.domain_id
    AND mail_route.first_night <= domain_verdict.night
    AND (mail_route.last_night IS NULL OR mail_route.last_night >= domain_verdict.night)
JOIN census.mx_set_member ON mx_set_member.mx_set_id = mail_route.mx_set_id
JOIN census.mail_host ON mail_host.mail_host_id = mx_set_member.mail_host_id
LEFT JOIN census.host_failure
    ON host_failure.night = domain_verdict.night
    AND host_failure.mail_host_id = mx_set_member.mail_host_id
LEFT JOIN census.host_addresses
    ON host_addresses.mail_host_id = mx_set_member.mail_host_id
    AND host_addresses.first_night <= domain_verdict.night
    AND (host_addresses.last_night IS NULL OR host_addresses.last_night >= domain_verdict.night)
    AND host_failure.night IS NULL
LEFT JOIN census.endpoint
    ON endpoint.mail_host_id = mx_set_member.mail_host_id
    AND endpoint.address = ANY (host_addresses.addresses)
    AND NOT endpoint.is_opted_out
WHERE domain_verdict.route IN ('mx', 'implicit_mx', 'mx_unresolvable')
  AND NOT domain.is_opted_out
  AND NOT mail_host.is_opted_out;

COMMENT ON VIEW pub.domain_server IS 'From each listed domain to its mail servers, night by night: join pub.domain and pub.server with it. Of a domain with more than 20 servers the first 20 by preference are called; pub.domain.truncated says so.';
COMMENT ON COLUMN pub.domain_server.night IS 'The UTC date on which the night''s window opened.';
COMMENT ON COLUMN pub.domain_server.domain IS 'The domain, canonical (UTS #46, A-labels).';
COMMENT ON COLUMN pub.domain_server.mx_host IS 'Name of the mail server; for an implicit MX the domain itself.';
COMMENT ON COLUMN pub.domain_server.ip IS 'Its address, one row each; null where it has none, or the address opted out.';
COMMENT ON COLUMN pub.domain_server.preference IS 'MX preference: the lowest is tried first.';
COMMENT ON COLUMN pub.domain_server.is_primary IS 'Whether it is a best-preference MX of the domain.';
COMMENT ON COLUMN pub.domain_server.is_implicit IS 'Whether the domain has no MX record, so that mail goes to its own address.';
COMMENT ON COLUMN pub.domain_server.address_status IS 'found, no_address or nxdomain; servfail, malformed, timeout or bogus if the DNS did not tell that night; null if it was not asked.';
