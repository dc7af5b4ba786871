-- What was last known of servers and domains, as spans of nights, and the changes that count. Feeds no file yet.
CREATE OR REPLACE VIEW pub.known_server AS
SELECT mail_host.name AS mx_host, endpoint.address AS ip, known.first_night, known.second_night, known.until_night,
       known.outcome, known.starttls, known.usable, known.tls_version, known.chain, known.name_match, known.first_seen,
       (
           SELECT own.observed_at
           FROM census.server_night AS own
           JOIN census.server_state AS shown USING (state_id)
           WHERE own.endpoint_id = known.endpoint_id
             AND own.night >= known.first_night
             AND own.night < coalesce(known.until_night, 'infinity')
             AND own.attempts > 0
             AND shown.starttls IS NOT NULL
           ORDER BY own.night DESC
           LIMIT 1
       ) AS last_seen,
       known.second_night IS NULL AND EXISTS (
           SELECT
           FROM census.known_server AS earlier
           WHERE earlier.endpoint_id = known.endpoint_id
             AND earlier.first_night < known.first_night
       ) AS is_pending
FROM census.known_server AS known
JOIN census.endpoint ON endpoint.endpoint_id = known.endpoint_id
JOIN census.mail_host ON mail_host.mail_host_id = endpoint.mail_host_id
WHERE NOT endpoint.is_opted_out;

COMMENT ON VIEW pub.known_server IS 'What each mail server showed of STARTTLS by its own name, as spans: one row per server and run of nights that showed the same. Nights that showed nothing, as when it blocked us or was not called, end no span. The last known state has until_night null.';
COMMENT ON COLUMN pub.known_server.mx_host IS 'Name of the mail server.';
COMMENT ON COLUMN pub.known_server.ip IS 'Its address.';
COMMENT ON COLUMN pub.known_server.first_night IS 'The first night that showed it.';
COMMENT ON COLUMN pub.known_server.second_night IS 'The second night that showed it; null while there is none.';
COMMENT ON COLUMN pub.known_server.until_night IS 'The night that showed something else; null while it is the last that is known.';
COMMENT ON COLUMN pub.known_server.outcome IS 'The outcome of these nights; explained under outcome.';
COMMENT ON COLUMN pub.known_server.starttls IS 'Whether it offers STARTTLS.';
COMMENT ON COLUMN pub.known_server.usable IS 'Whether mail could be sent over TLS without a client certificate.';
COMMENT ON COLUMN pub.known_server.tls_version IS 'The TLS version negotiated.';
COMMENT ON COLUMN pub.known_server.chain IS 'Verdict on its chain; explained under chain.';
COMMENT ON COLUMN pub.known_server.name_match IS 'Whether the certificate names mx_host: match, mismatch or cn_only.';
COMMENT ON COLUMN pub.known_server.first_seen IS 'When the first call began that showed it.';
COMMENT ON COLUMN pub.known_server.last_seen IS 'When the last call began that showed it.';
COMMENT ON COLUMN pub.known_server.is_pending IS 'Whether one night alone has shown it, after something else was known. A change for the worse counts when a second night shows it.';

CREATE OR REPLACE VIEW pub.known_domain AS
SELECT domain.name AS domain, known.first_night, known.second_night, known.until_night,
       known.starttls_any, known.starttls_primary,
       known.second_night IS NULL AND EXISTS (
           SELECT
           FROM census.known_domain AS earlier
           WHERE earlier.domain_id = known.domain_id
             AND earlier.first_night < known.first_night
       ) AS is_pending
FROM census.known_domain AS known
JOIN census.domain ON domain.domain_id = known.domain_id
WHERE NOT domain.is_opted_out;

COMMENT ON VIEW pub.known_domain IS 'What was known of STARTTLS at the servers of each domain, as spans: one row per domain and run of nights that showed the same. Nights of which it is unknown end no span. The last known state has until_night null.';
COMMENT ON COLUMN pub.known_domain.domain IS 'The domain, canonical (UTS #46, A-labels).';
COMMENT ON COLUMN pub.known_domain.first_night IS 'The first night of which this is known.';
COMMENT ON COLUMN pub.known_domain.second_night IS 'The second such night; null while there is none.';
COMMENT ON COLUMN pub.known_domain.until_night IS 'The night of which something else is known; null while it is the last that is known.';
COMMENT ON COLUMN pub.known_domain.starttls_any IS 'Whether any of its MX hosts offers STARTTLS.';
COMMENT ON COLUMN pub.known_domain.starttls_primary IS 'Whether one of its best-preference MX hosts does; null: unknown in these nights.';
COMMENT ON COLUMN pub.known_domain.is_pending IS 'Whether one night alone has shown it, after something else was known. A change for the worse counts when a second night shows it.';

CREATE OR REPLACE VIEW pub.change AS
SELECT change.night, change.kind, domain.name AS domain, mail_host.name AS mx_host, endpoint.address AS ip,
       change.before, change.after, change.first_seen, night.method_version
FROM census.known_change AS change
JOIN census.night ON night.night = change.night
LEFT JOIN census.domain ON domain.domain_id = change.domain_id
LEFT JOIN census.endpoint ON endpoint.endpoint_id = change.endpoint_id
LEFT JOIN census.mail_host ON mail_host.mail_host_id = endpoint.mail_host_id
WHERE NOT coalesce(domain.is_opted_out, endpoint.is_opted_out)
UNION ALL
SELECT turn.night, turn.kind, NULL, NULL, loss.address, 'starttls', 'no_starttls', loss.first_seen, night.method_version
FROM census.starttls_loss AS loss
CROSS JOIN LATERAL (VALUES
    (loss.suspected_night, 'starttls_loss_suspected'),
    (loss.ended_night, CASE WHEN loss.is_lost THEN 'starttls_lost' ELSE 'starttls_loss_withdrawn' END)
) AS turn (night, kind)
JOIN census.night ON night.night = turn.night
WHERE NOT EXISTS (
    SELECT FROM census.endpoint WHERE endpoint.address = loss.address AND endpoint.is_opted_out
);

COMMENT ON VIEW pub.change IS 'What changed: one row per night, kind and mail server, address or domain. For the better at once; for the worse after two separate nights. The first that is known of somebody is no change.';
COMMENT ON COLUMN pub.change.night IS 'The night from which on it counts.';
COMMENT ON COLUMN pub.change.kind IS 'What happened; explained under kind.';
COMMENT ON COLUMN pub.change.domain IS 'The domain that changed; null for servers.';
COMMENT ON COLUMN pub.change.mx_host IS 'The mail server that changed; null for domains, and for losses of STARTTLS, which are of an address with all its names.';
COMMENT ON COLUMN pub.change.ip IS 'Its address; null for domains.';
COMMENT ON COLUMN pub.change.before IS 'What was known before: the verdict on the chain, or starttls and no_starttls.';
COMMENT ON COLUMN pub.change.after IS 'What is known now, in the same words.';
COMMENT ON COLUMN pub.change.first_seen IS 'When the first call began that showed it; for losses the first clean look without STARTTLS; null for domains.';
COMMENT ON COLUMN pub.change.method_version IS 'Version of the definitions; see datasets/CHANGES.md.';
