-- The servers of each night by every version of the definitions by which it was judged. Feeds no file.
CREATE OR REPLACE VIEW pub.server_by_version AS
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
    server_verdict.measured_within_nights,
    server_verdict.detail,
    server_verdict.flags,
    server_verdict.method_version,
    server_verdict.is_published,
    server_verdict.is_revised
FROM census.server_verdict_by_version AS server_verdict
JOIN census.endpoint USING (endpoint_id)
JOIN census.mail_host USING (mail_host_id)
LEFT JOIN census.tls_profile ON tls_profile.tls_profile_id = server_verdict.tls_profile_id
-- whoever opted out is in no view
WHERE server_verdict.outcome <> 'not_attempted_opted_out'
  AND NOT endpoint.is_opted_out;

COMMENT ON VIEW pub.server_by_version IS 'One row per mail server, night and version of the definitions by which the night was judged: the columns of pub.server, which has the published version only, without last_own_*. Always ask for a night and a method_version; pub.night_version says which there are. Feeds no file.';
COMMENT ON COLUMN pub.server_by_version.method_version IS 'Version of the definitions by which this row was judged; see datasets/CHANGES.md.';
COMMENT ON COLUMN pub.server_by_version.is_published IS 'Whether this version is the one that was published, which pub.server shows.';
COMMENT ON COLUMN pub.server_by_version.is_revised IS 'Whether this version comes to another verdict than the published one.';

-- The rest of the columns is commented as in pub.server.
DO $$
DECLARE
    part record;
BEGIN
    FOR part IN
        SELECT shown.attname AS name, col_description(kept.attrelid, kept.attnum) AS words
        FROM pg_attribute AS shown
        JOIN pg_attribute AS kept ON kept.attname = shown.attname AND kept.attrelid = 'pub.server'::regclass
        WHERE shown.attrelid = 'pub.server_by_version'::regclass
          AND shown.attnum > 0
          AND shown.attname <> 'method_version'
    LOOP
        EXECUTE format('COMMENT ON COLUMN pub.server_by_version.%I IS %L', part.name, part.words);
    END LOOP;
END
$$;

CREATE OR REPLACE VIEW pub.night_version AS
SELECT night, method_version, is_published, trust_store, judged_at
FROM census.night_version;

COMMENT ON VIEW pub.night_version IS 'The versions of the definitions by which a night was judged: the published one, and later ones (census reassess). Feeds no file.';
COMMENT ON COLUMN pub.night_version.night IS 'The UTC date on which the night''s window opened.';
COMMENT ON COLUMN pub.night_version.method_version IS 'Version of the definitions; see datasets/CHANGES.md.';
COMMENT ON COLUMN pub.night_version.is_published IS 'Whether the night''s files and trends, and every view without a version, are of this one.';
COMMENT ON COLUMN pub.night_version.trust_store IS 'The trust store by which its chains were judged, by name and date.';
COMMENT ON COLUMN pub.night_version.judged_at IS 'When it was judged by this version.';
