-- The routes of a night: the servers behind each set of MX records, at most 20, and its domains. The steps plan, assess
-- and aggregate use these functions, so that all three see the same servers.

CREATE OR REPLACE FUNCTION tonight_route(for_night date)
    RETURNS TABLE (domain_id bigint, rank integer, route text, mx_set_id bigint, mx_seen integer)
    LANGUAGE sql STABLE
AS $$
    WITH listed AS (
        SELECT listed_domain.domain_id, min(listed_domain.rank) AS rank
        FROM census.night_list
        JOIN census.listed_domain USING (list_edition_id)
        WHERE night_list.night = for_night
          AND listed_domain.domain_id NOT IN (SELECT domain.domain_id FROM census.domain WHERE domain.is_opted_out)
        GROUP BY listed_domain.domain_id
    )

    SELECT
        listed.domain_id,
        listed.rank,
        coalesce(route_failure.route, mail_route.route),
        CASE WHEN route_failure.route IS NULL THEN mail_route.mx_set_id END,
        CASE WHEN route_failure.route IS NULL THEN mail_route.mx_seen ELSE 0 END
    FROM listed
    LEFT JOIN census.route_failure
        ON route_failure.domain_id = listed.domain_id AND route_failure.night = for_night
    LEFT JOIN census.mail_route
        ON mail_route.domain_id = listed.domain_id
        AND mail_route.first_night <= for_night
        AND (mail_route.last_night IS NULL OR mail_route.last_night >= for_night)
    -- a wish that was taken back after the look-ups of the night
    WHERE route_failure.route IS NOT NULL OR mail_route.route IS NOT NULL
$$;

COMMENT ON FUNCTION tonight_route IS
    'Every listed domain of a night that has not opted out and was looked up, with its best rank in any list and its route: from the span that holds then, or the failure of that night.';

CREATE OR REPLACE FUNCTION tonight_set_server(for_night date)
    RETURNS TABLE (
        mx_set_id bigint, endpoint_id bigint, mail_host_id bigint, preference integer, is_best boolean,
        is_implicit boolean, truncated boolean)
    LANGUAGE sql STABLE
AS $$
    WITH used AS (
        SELECT mx_set_id, bool_and(route = 'implicit_mx') AS is_implicit
        FROM census.tonight_route(for_night)
        WHERE route IN ('mx', 'implicit_mx')
        GROUP BY mx_set_id
    ),

    ranked AS (
        SELECT
            used.mx_set_id,
            used.is_implicit,
            mx_set_member.mail_host_id,
            mx_set_member.preference,
            min(mx_set_member.preference) OVER (PARTITION BY used.mx_set_id) AS best_preference
        FROM used
        JOIN census.mx_set_member USING (mx_set_id)
    ),

    -- Window functions instead of self-joins, and NOT IN instead of NOT EXISTS: the planner estimates one row, and
    -- would compare every server with every other.
    located AS (
        SELECT
            ranked.mx_set_id,
            ranked.is_implicit,
            endpoint.endpoint_id,
            ranked.mail_host_id,
            ranked.preference,
            ranked.best_preference,
            bool_or(host_addresses.seen > cardinality(host_addresses.addresses))
                OVER (PARTITION BY ranked.mx_set_id) AS more_addresses,
            count(*) OVER (PARTITION BY ranked.mx_set_id) AS servers,
            row_number() OVER (
                PARTITION BY ranked.mx_set_id
                ORDER BY ranked.preference, mail_host.name, known.ordinal
            ) AS ordinal
        FROM ranked
        JOIN census.mail_host USING (mail_host_id)
        JOIN census.host_addresses
            ON host_addresses.mail_host_id = ranked.mail_host_id
            AND host_addresses.first_night <= for_night
            AND (host_addresses.last_night IS NULL OR host_addresses.last_night >= for_night)
        CROSS JOIN LATERAL unnest(host_addresses.addresses) WITH ORDINALITY AS known (address, ordinal)
        JOIN census.endpoint
            ON endpoint.mail_host_id = ranked.mail_host_id
            AND endpoint.address = known.address
        WHERE ranked.mail_host_id NOT IN (
            SELECT host_failure.mail_host_id FROM census.host_failure WHERE host_failure.night = for_night
        )
    )

    SELECT
        mx_set_id,
        endpoint_id,
        mail_host_id,
        preference,
        preference = best_preference,
        is_implicit,
        more_addresses OR servers > 20
    FROM located
    WHERE ordinal <= 20
$$;

COMMENT ON FUNCTION tonight_set_server IS
    'The servers of every set of MX records in use on a night, by preference, at most 20; truncated: whether a cap on addresses or servers left some out.';
