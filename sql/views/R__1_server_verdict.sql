-- The verdicts on servers in all their words: as published, and by every version of the definitions. Both are joins on
-- keys, so a night or a server that is asked for reaches the tables.

CREATE OR REPLACE VIEW server_verdict AS
SELECT
    server_night.night,
    server_night.endpoint_id,
    server_state.outcome,
    server_state.starttls,
    server_state.usable,
    server_state.reply_code,
    server_state.enhanced_code,
    server_state.tls_profile_id,
    server_state.leaf_sha256,
    server_state.chain,
    server_state.chain_with_known_intermediates,
    server_state.chain_ok,
    server_state.expired,
    server_state.not_yet_valid,
    server_state.self_signed,
    server_state.weak_key,
    server_state.weak_signature,
    server_state.revoked,
    server_state.name_match,
    server_night.attempts,
    server_night.observed_at,
    server_state.inherited_from,
    server_state.detail,
    server_state.flags,
    server_state.provider,
    server_state.provider_source,
    server_state.is_implicit,
    server_state.measured_within_nights,
    server_night.state_id,
    night_version.method_version
FROM server_night
JOIN server_state ON server_state.state_id = server_night.state_id
JOIN night_version ON night_version.night = server_night.night AND night_version.is_published;

COMMENT ON VIEW server_verdict IS 'What is concluded about one endpoint from one night, as it was published. starttls is three-valued: null means unknown, and a block is always unknown.';

CREATE OR REPLACE VIEW server_verdict_by_version AS
SELECT
    server_night.night,
    server_night.endpoint_id,
    server_state.outcome,
    server_state.starttls,
    server_state.usable,
    server_state.reply_code,
    server_state.enhanced_code,
    server_state.tls_profile_id,
    server_state.leaf_sha256,
    server_state.chain,
    server_state.chain_with_known_intermediates,
    server_state.chain_ok,
    server_state.expired,
    server_state.not_yet_valid,
    server_state.self_signed,
    server_state.weak_key,
    server_state.weak_signature,
    server_state.revoked,
    server_state.name_match,
    CASE WHEN server_revision.state_id IS NULL THEN server_night.attempts ELSE server_revision.attempts END AS attempts,
    CASE WHEN server_revision.state_id IS NULL THEN server_night.observed_at ELSE server_revision.observed_at END
        AS observed_at,
    server_state.inherited_from,
    server_state.detail,
    server_state.flags,
    server_state.provider,
    server_state.provider_source,
    server_state.is_implicit,
    server_state.measured_within_nights,
    server_state.state_id,
    night_version.method_version,
    night_version.is_published,
    server_revision.state_id IS NOT NULL AS is_revised
FROM night_version
JOIN server_night ON server_night.night = night_version.night
LEFT JOIN server_revision
    ON server_revision.night = night_version.night
    AND server_revision.method_version = night_version.method_version
    AND server_revision.endpoint_id = server_night.endpoint_id
JOIN server_state ON server_state.state_id = coalesce(server_revision.state_id, server_night.state_id);

COMMENT ON VIEW server_verdict_by_version IS 'The verdicts on servers by every version of the definitions by which their night was judged: the published one, and later ones. Ask for a night and a method_version.';
COMMENT ON COLUMN server_verdict_by_version.is_published IS 'Whether this version is the one that was published.';
COMMENT ON COLUMN server_verdict_by_version.is_revised IS 'Whether this version comes to another verdict than the published one.';

-- The rest of the columns is commented as in the tables.
DO $$
DECLARE
    part record;
BEGIN
    FOR part IN
        SELECT DISTINCT ON (shown.attrelid, shown.attname)
               shown.attrelid::regclass AS relation, shown.attname AS name,
               col_description(kept.attrelid, kept.attnum) AS words
        FROM pg_attribute AS shown
        JOIN pg_attribute AS kept ON kept.attname = shown.attname
        WHERE shown.attrelid IN ('census.server_verdict'::regclass, 'census.server_verdict_by_version'::regclass)
          AND shown.attnum > 0
          AND kept.attnum > 0
          AND kept.attrelid IN ('census.server_night'::regclass, 'census.server_state'::regclass,
                                'census.night_version'::regclass)
          AND col_description(shown.attrelid, shown.attnum) IS NULL
        ORDER BY shown.attrelid, shown.attname, kept.attrelid
    LOOP
        EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', part.relation, part.name, part.words);
    END LOOP;
END
$$;
