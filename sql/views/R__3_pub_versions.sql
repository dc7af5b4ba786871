-- The servers of each night by every version of the definitions by which it was judged. Feeds no file.
CREATE OR REPLACE VIEW pub.server_by_version AS
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
    CASE WHEN revision.state_id IS NULL THEN server_night.attempts ELSE revision.attempts END       AS attempts,
    CASE WHEN revision.state_id IS NULL THEN server_night.observed_at ELSE revision.observed_at END AS observed_at,
    shown_state.inherited_from,
    shown_state.measured_within_nights,
    shown_state.detail,
    shown_state.flags,
    night_version.method_version,
    night_version.is_published,
    revision.state_id IS NOT NULL                                AS is_revised
FROM census.night_version
JOIN census.server_night ON server_night.night = night_version.night
LEFT JOIN census.server_revision AS revision
    ON revision.night = night_version.night
    AND revision.method_version = night_version.method_version
    AND revision.endpoint_id = server_night.endpoint_id
JOIN census.shown_state ON shown_state.state_id = coalesce(revision.state_id, server_night.state_id)
JOIN census.shown_server ON shown_server.endpoint_id = server_night.endpoint_id;

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
