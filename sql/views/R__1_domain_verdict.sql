-- The domains of each night's lists with what was concluded of them, one row each, as it was published.

-- Who does not ask for observed_at does not pay for it: PostgreSQL leaves its join out. It is one look-up per row; who
-- wants it for a whole night joins the night's sets of MX records once (publish/domains).
CREATE OR REPLACE VIEW domain_verdict AS
SELECT
    judged.night,
    state.domain_id,
    nullif(listed.ranks[census.place_in_block(state.domain_id)], 0) AS rank,
    state.route,
    state.provider,
    state.mx_hosts,
    state.starttls_any,
    state.starttls_primary,
    state.starttls_all_reachable,
    observed.observed_at,
    state.measured,
    state.truncated,
    state.mixed_provider,
    state.measured_within_nights,
    state.name_match_domain,
    state.hosts_unknown,
    judged.method_version
FROM census.domain_night AS judged
JOIN census.night_list ON night_list.night = judged.night
JOIN census.domain_state AS state
    ON state.first_night <= judged.night
    AND (state.last_night IS NULL OR state.last_night >= judged.night)
JOIN census.listed_block AS listed
    ON listed.list_edition_id = night_list.list_edition_id
    AND listed.block = census.block_of(state.domain_id)
    AND listed.ranks[census.place_in_block(state.domain_id)] IS NOT NULL
LEFT JOIN LATERAL (
    SELECT max(server_night.observed_at) AS observed_at
    FROM census.mail_route
    -- the servers of its set of MX records: those that tonight_set_server gives for it among all sets
    CROSS JOIN LATERAL (
        SELECT endpoint.endpoint_id
        FROM census.mx_set_member AS member
        JOIN census.mail_host USING (mail_host_id)
        JOIN census.host_addresses AS held
            ON held.mail_host_id = member.mail_host_id
            AND held.first_night <= judged.night
            AND (held.last_night IS NULL OR held.last_night >= judged.night)
        CROSS JOIN LATERAL unnest(held.addresses) WITH ORDINALITY AS known (address, ordinal)
        JOIN census.endpoint
            ON endpoint.mail_host_id = member.mail_host_id
            AND endpoint.address = known.address
        WHERE member.mx_set_id = mail_route.mx_set_id
          AND NOT EXISTS (
              SELECT
              FROM census.host_failure
              WHERE host_failure.night = judged.night
                AND host_failure.mail_host_id = member.mail_host_id
          )
        ORDER BY member.preference, mail_host.name, known.ordinal
        LIMIT 20
    ) AS server
    JOIN census.server_night
        ON server_night.endpoint_id = server.endpoint_id
        AND server_night.night = judged.night
    WHERE state.route IN ('mx', 'implicit_mx')
      AND mail_route.domain_id = state.domain_id
      AND mail_route.first_night <= judged.night
      AND (mail_route.last_night IS NULL OR mail_route.last_night >= judged.night)
) AS observed ON true
-- of several lists the one that ranks it best, or else the first
WHERE NOT EXISTS (
    SELECT
    FROM census.night_list AS other_list
    JOIN census.listed_block AS other USING (list_edition_id)
    WHERE other_list.night = judged.night
      AND other_list.list_edition_id <> night_list.list_edition_id
      AND other.block = census.block_of(state.domain_id)
      AND other.ranks[census.place_in_block(state.domain_id)] IS NOT NULL
      AND (coalesce(nullif(other.ranks[census.place_in_block(state.domain_id)], 0), 2147483647), other.list_edition_id)
          < (coalesce(nullif(listed.ranks[census.place_in_block(state.domain_id)], 0), 2147483647), listed.list_edition_id)
);

COMMENT ON VIEW domain_verdict IS 'What is concluded about each domain of a night''s lists, as it was published. A night is here once its domains were judged.';
COMMENT ON COLUMN domain_verdict.night IS 'The night.';
COMMENT ON COLUMN domain_verdict.rank IS 'Best rank in any list of the night; null where no list ranks it.';
COMMENT ON COLUMN domain_verdict.observed_at IS 'When the last of its servers was observed in this night.';
COMMENT ON COLUMN domain_verdict.method_version IS 'Version of the definitions by which it was judged.';

-- The rest of the columns is commented as in domain_state.
DO $$
DECLARE
    part record;
BEGIN
    FOR part IN
        SELECT shown.attname AS name, col_description(kept.attrelid, kept.attnum) AS words
        FROM pg_attribute AS shown
        JOIN pg_attribute AS kept ON kept.attname = shown.attname AND kept.attrelid = 'census.domain_state'::regclass
        WHERE shown.attrelid = 'census.domain_verdict'::regclass
          AND shown.attnum > 0
    LOOP
        EXECUTE format('COMMENT ON COLUMN census.domain_verdict.%I IS %L', part.name, part.words);
    END LOOP;
END
$$;
