-- One row per mail server and night. Feeds: servers.csv.gz
CREATE OR REPLACE VIEW pub.server AS
SELECT
    server_night.night,
    shown_server.mx_host,
    shown_server.ip,
    NULL::integer                                                AS port,
    shown_state.provider,
    shown_state.outcome,
    shown_state.starttls,
    shown_state.usable,
    shown_state.reply_code,
    shown_state.enhanced_code,
    shown_state.tls_version,
    shown_state.cipher_suite,
    shown_state.key_exchange_group,
    shown_state.chain,
    shown_state.name_match,
    shown_state.weak,
    shown_state.leaf_sha256,
    NULL::text                                                   AS dane,
    server_night.attempts,
    server_night.observed_at,
    shown_state.inherited_from,
    CASE WHEN server_night.attempts = 0 THEN (
        -- by the key, from the last night back; a join with the nights' versions would read every night of the span
        SELECT own.observed_at
        FROM census.server_night AS own
        JOIN census.server_state AS seen USING (state_id)
        WHERE own.endpoint_id = server_night.endpoint_id
          AND own.night >= (earlier.known).first_night
          AND own.night < server_night.night
          AND own.attempts > 0
          AND seen.starttls IS NOT NULL
        ORDER BY own.night DESC
        LIMIT 1
    ) END                                                        AS last_own_at,
    (earlier.known).tls_version                                  AS last_own_tls_version,
    (earlier.known).chain                                        AS last_own_chain,
    (earlier.known).name_match                                   AS last_own_name_match,
    NULL::text                                                   AS last_own_dane,
    shown_state.measured_within_nights,
    shown_state.detail,
    shown_state.flags,
    night_version.method_version
FROM census.server_night
JOIN census.night_version ON night_version.night = server_night.night AND night_version.is_published
JOIN census.shown_state ON shown_state.state_id = server_night.state_id
JOIN census.shown_server ON shown_server.endpoint_id = server_night.endpoint_id
-- One look-up for what was last known of a server that was not called. OFFSET 0 keeps it one: written into the columns, it
-- would be one for each. Who asks for none of the columns does not pay for it.
CROSS JOIN LATERAL (
    SELECT CASE WHEN server_night.attempts = 0 THEN (
        SELECT known_server
        FROM census.known_server
        WHERE known_server.endpoint_id = server_night.endpoint_id
          AND known_server.first_night < server_night.night
          AND (known_server.until_night IS NULL OR known_server.until_night > server_night.night)
    ) END AS known
    OFFSET 0
) AS earlier;

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
