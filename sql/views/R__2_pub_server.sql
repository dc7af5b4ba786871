-- One row per mail server and night. Feeds: servers.csv.gz
CREATE OR REPLACE VIEW pub.server AS
SELECT
    server_verdict.night,
    mail_host.name                                              AS mx_host,
    endpoint.address                                            AS ip,
    NULL::integer                                               AS port,
    CASE WHEN server_verdict.provider NOT IN (SELECT opt_out.name FROM census.opt_out WHERE opt_out.name IS NOT NULL)
              AND (census.provider_network(server_verdict.provider) IS NULL
                   OR NOT EXISTS (
                       SELECT
                       FROM census.opt_out
                       WHERE opt_out.network >>= census.provider_network(server_verdict.provider)
                   ))
        THEN server_verdict.provider END                        AS provider,
    server_verdict.outcome,
    server_verdict.starttls,
    server_verdict.usable,
    server_verdict.reply_code,
    server_verdict.enhanced_code,
    tls_profile.tls_version,
    tls_profile.cipher_suite,
    tls_profile.key_exchange_group,
    server_verdict.chain,
    server_verdict.name_match,
    server_verdict.weak_key OR server_verdict.weak_signature    AS weak,
    encode(server_verdict.leaf_sha256, 'hex')                   AS leaf_sha256,
    NULL::text                                                  AS dane,
    server_verdict.attempts,
    server_verdict.observed_at,
    CASE WHEN server_verdict.inherited_from NOT IN (SELECT hidden.name FROM census.mail_host AS hidden WHERE hidden.is_opted_out)
        THEN server_verdict.inherited_from END                  AS inherited_from,
    CASE WHEN server_verdict.attempts = 0 THEN (
        -- by the key, from the last night back; a join with the nights' versions would read every night of the span
        SELECT own.observed_at
        FROM census.server_night AS own
        JOIN census.server_state AS shown USING (state_id)
        WHERE own.endpoint_id = server_verdict.endpoint_id
          AND own.night >= (
              SELECT known.first_night
              FROM census.known_server AS known
              WHERE known.endpoint_id = server_verdict.endpoint_id
                AND known.first_night < server_verdict.night
                AND (known.until_night IS NULL OR known.until_night > server_verdict.night)
          )
          AND own.night < server_verdict.night
          AND own.attempts > 0
          AND shown.starttls IS NOT NULL
        ORDER BY own.night DESC
        LIMIT 1
    ) END                                                       AS last_own_at,
    CASE WHEN server_verdict.attempts = 0 THEN (
        SELECT known.tls_version
        FROM census.known_server AS known
        WHERE known.endpoint_id = server_verdict.endpoint_id
          AND known.first_night < server_verdict.night
          AND (known.until_night IS NULL OR known.until_night > server_verdict.night)
    ) END                                                       AS last_own_tls_version,
    CASE WHEN server_verdict.attempts = 0 THEN (
        SELECT known.chain
        FROM census.known_server AS known
        WHERE known.endpoint_id = server_verdict.endpoint_id
          AND known.first_night < server_verdict.night
          AND (known.until_night IS NULL OR known.until_night > server_verdict.night)
    ) END                                                       AS last_own_chain,
    CASE WHEN server_verdict.attempts = 0 THEN (
        SELECT known.name_match
        FROM census.known_server AS known
        WHERE known.endpoint_id = server_verdict.endpoint_id
          AND known.first_night < server_verdict.night
          AND (known.until_night IS NULL OR known.until_night > server_verdict.night)
    ) END                                                       AS last_own_name_match,
    NULL::text                                                  AS last_own_dane,
    server_verdict.measured_within_nights,
    server_verdict.detail,
    server_verdict.flags,
    server_verdict.method_version
FROM census.server_verdict
JOIN census.endpoint USING (endpoint_id)
JOIN census.mail_host USING (mail_host_id)
LEFT JOIN census.tls_profile ON tls_profile.tls_profile_id = server_verdict.tls_profile_id
-- servers that opted out have no row in any file
WHERE server_verdict.outcome <> 'not_attempted_opted_out'
  AND NOT endpoint.is_opted_out;

COMMENT ON VIEW pub.server IS 'One row per mail server, (mx_host, ip), and night: how far TLS goes there. A block is never "no STARTTLS": starttls is null then.';
COMMENT ON COLUMN pub.server.night IS 'The UTC date on which the night''s window opened; a night that passes midnight keeps it.';
COMMENT ON COLUMN pub.server.mx_host IS 'Name of the mail server, as MX records give it: lower case, ASCII, no trailing dot. In files a leading hyphen is written \045 (RFC 1035, section 5.1), so that no spreadsheet takes it for a formula.';
COMMENT ON COLUMN pub.server.ip IS 'The address called; IPv6 as in RFC 5952.';
COMMENT ON COLUMN pub.server.port IS 'The port called: 25, but in a lab. In files only; null here.';
COMMENT ON COLUMN pub.server.provider IS 'Who operates it, as far as names show: a name of datasets/providers.csv, the registrable domain of mx_host (or of what it is an alias for), the provider of its neighbours where mx_host bears its only customer''s name, or net: and the prefix of ip. Fixed for the night.';
COMMENT ON COLUMN pub.server.outcome IS 'What the night''s calls add up to; the words are explained under outcome.';
COMMENT ON COLUMN pub.server.starttls IS 'Whether it offers STARTTLS; empty: unknown. False only where two clean observations agreed, and no handshake at its address spoke against them.';
COMMENT ON COLUMN pub.server.usable IS 'Whether a sender without a client certificate could use that STARTTLS; empty where starttls is not true.';
COMMENT ON COLUMN pub.server.reply_code IS 'SMTP code of the reply on which the deciding call ended; empty if none did.';
COMMENT ON COLUMN pub.server.enhanced_code IS 'Enhanced status code of that reply (RFC 3463).';
COMMENT ON COLUMN pub.server.tls_version IS 'TLS version negotiated when 1.0 to 1.3 were offered. Of a handshake that broke (outcome tls_failed or client_cert_required), in this column and those up to leaf_sha256: what it had shown before, else empty.';
COMMENT ON COLUMN pub.server.cipher_suite IS 'Cipher suite negotiated, by its IANA name.';
COMMENT ON COLUMN pub.server.key_exchange_group IS 'Key exchange group negotiated, by its IANA name, or dh-<bits> for a group that the server spelled out; empty for static RSA.';
COMMENT ON COLUMN pub.server.chain IS 'Verdict on the certificate chain, by the night''s dated trust store, at the time of the call; one word by precedence, explained under chain.';
COMMENT ON COLUMN pub.server.name_match IS 'Whether the certificate names mx_host (RFC 9525, dNSNames only); explained under name_match. Empty where the certificate cannot be read.';
COMMENT ON COLUMN pub.server.weak IS 'Whether a key of the chain is too short, or a signature in it uses MD5 or SHA-1. Beside chain, never hidden in it.';
COMMENT ON COLUMN pub.server.leaf_sha256 IS 'SHA-256 of the server''s own certificate (DER), hexadecimal.';
COMMENT ON COLUMN pub.server.dane IS 'Verdict on DANE. Not measured yet: empty.';
COMMENT ON COLUMN pub.server.attempts IS 'Calls made at this server tonight; 0 to 3.';
COMMENT ON COLUMN pub.server.observed_at IS 'When the deciding call began, UTC; empty if there was none.';
COMMENT ON COLUMN pub.server.inherited_from IS 'Where an address has more names than are called in a night: the mx_host on the same address from which outcome and starttls are taken. Else empty.';
COMMENT ON COLUMN pub.server.last_own_at IS 'Where this name was not called tonight: when a call to it last showed whether it offers STARTTLS. Empty where it was called, and where no call has shown that yet.';
COMMENT ON COLUMN pub.server.last_own_tls_version IS 'tls_version of that call.';
COMMENT ON COLUMN pub.server.last_own_chain IS 'chain of that call.';
COMMENT ON COLUMN pub.server.last_own_name_match IS 'name_match of that call.';
COMMENT ON COLUMN pub.server.last_own_dane IS 'dane of that call. Not given yet: empty.';
COMMENT ON COLUMN pub.server.measured_within_nights IS 'Every how many nights the server is called: more than 1 where its provider has more servers than may be called in a night, and for implicit MX. With the flag not_asked: within how many nights STARTTLS is said to it.';
COMMENT ON COLUMN pub.server.detail IS 'Closer detail of the outcome, in words of the census. For not_attempted_inherited: the outcome of the server it inherits from.';
COMMENT ON COLUMN pub.server.flags IS 'Circumstances that do not change the outcome, for example unadvertised; in files parted by a blank.';
COMMENT ON COLUMN pub.server.method_version IS 'Version of the definitions by which it was judged; see datasets/CHANGES.md.';
