-- The domains of each night by every version of the definitions by which it was judged. Feeds no file. Built on pub.domain,
-- so that whoever has no row there has none here.

CREATE OR REPLACE VIEW pub.domain_by_version AS
SELECT
    published.night,
    published.domain,
    published.rank,
    CASE WHEN revised.night IS NULL THEN published.route ELSE revised.route END AS route,
    CASE
        WHEN revised.night IS NULL THEN published.provider
        WHEN census.is_opted_out_provider(
                 revised.provider, (SELECT opt_out_register.register FROM census.opt_out_register)) IS NOT TRUE
            THEN revised.provider
    END AS provider,
    CASE WHEN revised.night IS NULL THEN published.mx_hosts ELSE revised.mx_hosts END AS mx_hosts,
    CASE WHEN revised.night IS NULL THEN published.starttls_any ELSE revised.starttls_any END AS starttls_any,
    CASE WHEN revised.night IS NULL THEN published.starttls_primary ELSE revised.starttls_primary END
        AS starttls_primary,
    CASE WHEN revised.night IS NULL THEN published.starttls_all_reachable ELSE revised.starttls_all_reachable END
        AS starttls_all_reachable,
    published.dane,
    published.mta_sts,
    published.mta_sts_effect,
    published.tls_rpt,
    published.authenticated,
    CASE WHEN revised.night IS NULL THEN published.observed_at ELSE revised.observed_at END AS observed_at,
    CASE WHEN revised.night IS NULL THEN published.measured ELSE revised.measured END AS measured,
    CASE WHEN revised.night IS NULL THEN published.truncated ELSE revised.truncated END AS truncated,
    CASE WHEN revised.night IS NULL THEN published.mixed_provider ELSE revised.mixed_provider END AS mixed_provider,
    CASE WHEN revised.night IS NULL THEN published.measured_within_nights ELSE revised.measured_within_nights END
        AS measured_within_nights,
    night_version.method_version,
    CASE WHEN revised.night IS NULL THEN published.hosts_unknown ELSE revised.hosts_unknown END AS hosts_unknown,
    night_version.is_published,
    revised.night IS NOT NULL AS is_revised
FROM census.night_version
JOIN pub.domain AS published ON published.night = night_version.night
JOIN census.domain ON domain.name = published.domain
LEFT JOIN census.domain_revision AS revised
    ON revised.night = night_version.night
    AND revised.method_version = night_version.method_version
    AND revised.domain_id = domain.domain_id;

COMMENT ON VIEW pub.domain_by_version IS 'One row per listed domain, night and version of the definitions by which the night was judged: the columns of pub.domain, which has the published version only. Always ask for a night and a method_version; pub.night_version says which there are. Feeds no file.';
COMMENT ON COLUMN pub.domain_by_version.method_version IS 'Version of the definitions by which this row was judged; see datasets/CHANGES.md.';
COMMENT ON COLUMN pub.domain_by_version.is_published IS 'Whether this version is the one that was published, which pub.domain shows.';
COMMENT ON COLUMN pub.domain_by_version.is_revised IS 'Whether this version comes to another verdict than the published one.';

-- The rest of the columns is commented as in pub.domain.
DO $$
DECLARE
    part record;
BEGIN
    FOR part IN
        SELECT shown.attname AS name, col_description(kept.attrelid, kept.attnum) AS words
        FROM pg_attribute AS shown
        JOIN pg_attribute AS kept ON kept.attname = shown.attname AND kept.attrelid = 'pub.domain'::regclass
        WHERE shown.attrelid = 'pub.domain_by_version'::regclass
          AND shown.attnum > 0
          AND shown.attname <> 'method_version'
    LOOP
        EXECUTE format('COMMENT ON COLUMN pub.domain_by_version.%I IS %L', part.name, part.words);
    END LOOP;
END
$$;
