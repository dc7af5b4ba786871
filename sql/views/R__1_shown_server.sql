-- Servers and what is concluded about them, in the words of the files and without whoever opted out. Views of pub that show
-- servers are built on these two.

CREATE OR REPLACE VIEW shown_server AS
SELECT endpoint.endpoint_id, mail_host.name AS mx_host, endpoint.address AS ip
FROM endpoint
JOIN mail_host USING (mail_host_id)
WHERE NOT endpoint.is_opted_out;

COMMENT ON VIEW shown_server IS 'The mail servers that did not opt out.';
COMMENT ON COLUMN shown_server.endpoint_id IS 'The server.';
COMMENT ON COLUMN shown_server.mx_host IS 'Its name.';
COMMENT ON COLUMN shown_server.ip IS 'Its address.';

CREATE OR REPLACE VIEW shown_state AS
SELECT
    server_state.state_id,
    CASE WHEN is_opted_out_provider(
                  server_state.provider, (SELECT opt_out_register.register FROM opt_out_register)) IS NOT TRUE
        THEN server_state.provider END                           AS provider,
    server_state.outcome,
    server_state.starttls,
    server_state.usable,
    server_state.reply_code,
    server_state.enhanced_code,
    tls_profile.tls_version,
    tls_profile.cipher_suite,
    tls_profile.key_exchange_group,
    server_state.chain,
    server_state.name_match,
    server_state.weak_key OR server_state.weak_signature         AS weak,
    encode(server_state.leaf_sha256, 'hex')                      AS leaf_sha256,
    CASE WHEN server_state.inherited_from NOT IN (SELECT hidden.name FROM mail_host AS hidden WHERE hidden.is_opted_out)
        THEN server_state.inherited_from END                     AS inherited_from,
    server_state.measured_within_nights,
    server_state.detail,
    server_state.flags
FROM server_state
LEFT JOIN tls_profile ON tls_profile.tls_profile_id = server_state.tls_profile_id
-- servers that opted out have no row in any file
WHERE server_state.outcome <> 'not_attempted_opted_out';

COMMENT ON VIEW shown_state IS 'What is concluded about servers, each state once.';

-- The columns are commented as in server_state, and as in tls_profile.
DO $$
DECLARE
    part record;
BEGIN
    FOR part IN
        SELECT DISTINCT ON (shown.attname) shown.attname AS name, col_description(kept.attrelid, kept.attnum) AS words
        FROM pg_attribute AS shown
        LEFT JOIN pg_attribute AS kept
            ON kept.attname = shown.attname
            AND kept.attrelid IN ('census.server_state'::regclass, 'census.tls_profile'::regclass)
        WHERE shown.attrelid = 'census.shown_state'::regclass
          AND shown.attnum > 0
        ORDER BY shown.attname, kept.attrelid
    LOOP
        EXECUTE format('COMMENT ON COLUMN census.shown_state.%I IS %L', part.name,
                       coalesce(part.words, 'Whether a key of its chain is too short, or a signature in it uses MD5 or SHA-1.'));
    END LOOP;
END
$$;
