-- The domains of each night's lists with what was concluded of them, one row each, as it was published.

CREATE OR REPLACE FUNCTION set_server(for_night date, of_set bigint) RETURNS TABLE (endpoint_id bigint)
    LANGUAGE sql STABLE
AS $$
    SELECT endpoint.endpoint_id
    FROM census.mx_set_member AS member
    JOIN census.mail_host USING (mail_host_id)
    JOIN census.host_addresses AS held
        ON held.mail_host_id = member.mail_host_id
        AND held.first_night <= for_night
        AND (held.last_night IS NULL OR held.last_night >= for_night)
    CROSS JOIN LATERAL unnest(held.addresses) WITH ORDINALITY AS known (address, ordinal)
    JOIN census.endpoint
        ON endpoint.mail_host_id = member.mail_host_id
        AND endpoint.address = known.address
    WHERE member.mx_set_id = of_set
      AND NOT EXISTS (
          SELECT
          FROM census.host_failure
          WHERE host_failure.night = for_night
            AND host_failure.mail_host_id = member.mail_host_id
      )
    ORDER BY member.preference, mail_host.name, known.ordinal
    LIMIT 20
$$;

COMMENT ON FUNCTION set_server IS
    'The servers of one set of MX records on a night: the same as tonight_set_server gives for it among all sets.';

-- Columns that nobody asks for cost nothing: the joins that bring rank and observed_at are left out then.
CREATE OR REPLACE VIEW domain_verdict AS
SELECT
    judged.night,
    state.domain_id,
    listed.rank,
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
JOIN census.domain_state AS state
    ON state.first_night <= judged.night
    AND (state.last_night IS NULL OR state.last_night >= judged.night)
CROSS JOIN LATERAL (
    SELECT min(nullif(listed_block.ranks[(state.domain_id & 511) + 1], 0)) AS rank
    FROM census.night_list
    JOIN census.listed_block
        ON listed_block.list_edition_id = night_list.list_edition_id
        AND listed_block.block = state.domain_id >> 9
    WHERE night_list.night = judged.night
      AND listed_block.ranks[(state.domain_id & 511) + 1] IS NOT NULL
    HAVING count(*) > 0
) AS listed
LEFT JOIN LATERAL (
    SELECT max(server_verdict.observed_at) AS observed_at
    FROM census.mail_route
    CROSS JOIN LATERAL census.set_server(judged.night, mail_route.mx_set_id) AS server
    JOIN census.server_verdict
        ON server_verdict.endpoint_id = server.endpoint_id
        AND server_verdict.night = judged.night
    WHERE state.route IN ('mx', 'implicit_mx')
      AND mail_route.domain_id = state.domain_id
      AND mail_route.first_night <= judged.night
      AND (mail_route.last_night IS NULL OR mail_route.last_night >= judged.night)
) AS observed ON true;
