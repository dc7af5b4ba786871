-- Puts in a night that is judged after later ones: an earlier one that could not be closed when they were judged. What
-- is shown of these stays. Where the span over the night says something else, it is cut: into its nights before this
-- one, this one, and its nights after. A domain without a span over the night was on no list on the nights around it; it
-- joins the span after or before, if that says the same.
WITH judged AS MATERIALIZED (
    SELECT judged_domain.domain_id,
           (mx_hosts, hosts_unknown, measured_within_nights, starttls_any, starttls_primary, starttls_all_reachable,
            name_match_domain, truncated, mixed_provider, route, provider, measured)::text AS says
    FROM judged_domain
),

span AS MATERIALIZED (
    SELECT domain_state.domain_id, domain_state.first_night, domain_state.last_night,
           (mx_hosts, hosts_unknown, measured_within_nights, starttls_any, starttls_primary, starttls_all_reachable,
            name_match_domain, truncated, mixed_provider, route, provider, measured)::text AS says
    FROM domain_state
    JOIN judged USING (domain_id)
),

-- The nights of a span are those on which the domain was listed and judged.
cut AS MATERIALIZED (
    SELECT judged.domain_id, span.first_night, span.last_night, before.night AS last_before, later.night AS first_after
    FROM judged
    JOIN span ON span.domain_id = judged.domain_id
             AND span.first_night <= :night
             AND coalesce(span.last_night, 'infinity') >= :night
    LEFT JOIN LATERAL (
        SELECT domain_night.night
        FROM domain_night
        WHERE domain_night.night >= span.first_night
          AND domain_night.night < :night
          AND EXISTS (
              SELECT
              FROM night_list
              JOIN listed_block USING (list_edition_id)
              WHERE night_list.night = domain_night.night
                AND listed_block.block = block_of(judged.domain_id)
                AND listed_block.ranks[place_in_block(judged.domain_id)] IS NOT NULL
          )
        ORDER BY domain_night.night DESC
        LIMIT 1
    ) AS before ON true
    LEFT JOIN LATERAL (
        SELECT domain_night.night
        FROM domain_night
        WHERE domain_night.night > :night
          AND domain_night.night <= coalesce(span.last_night, 'infinity')
          AND EXISTS (
              SELECT
              FROM night_list
              JOIN listed_block USING (list_edition_id)
              WHERE night_list.night = domain_night.night
                AND listed_block.block = block_of(judged.domain_id)
                AND listed_block.ranks[place_in_block(judged.domain_id)] IS NOT NULL
          )
        ORDER BY domain_night.night
        LIMIT 1
    ) AS later ON true
    WHERE span.says IS DISTINCT FROM judged.says
),

alone AS MATERIALIZED (
    SELECT judged.domain_id, judged.says,
           max(span.first_night) FILTER (WHERE span.first_night < :night) AS span_before,
           min(span.first_night) FILTER (WHERE span.first_night > :night) AS span_after
    FROM judged
    LEFT JOIN span USING (domain_id)
    GROUP BY judged.domain_id, judged.says
    HAVING NOT coalesce(bool_or(span.first_night <= :night AND coalesce(span.last_night, 'infinity') >= :night), false)
),

joined AS MATERIALIZED (
    SELECT DISTINCT ON (alone.domain_id) alone.domain_id, span.first_night
    FROM alone
    JOIN span ON span.domain_id = alone.domain_id
             AND span.first_night IN (alone.span_before, alone.span_after)
             AND span.says = alone.says
    ORDER BY alone.domain_id, span.first_night DESC
),

removed AS (
    DELETE FROM domain_state
    USING cut
    WHERE domain_state.domain_id = cut.domain_id
      AND domain_state.first_night = cut.first_night
    RETURNING domain_state.*
),

longer AS (
    UPDATE domain_state
    SET first_night = least(domain_state.first_night, :night),
        last_night  = CASE WHEN domain_state.first_night < :night THEN :night ELSE domain_state.last_night END
    FROM joined
    WHERE domain_state.domain_id = joined.domain_id
      AND domain_state.first_night = joined.first_night
    RETURNING domain_state.domain_id
),

judged_night AS (
    INSERT INTO domain_night (night, method_version)
    VALUES (:night, :method_version)
),

piece AS (
    SELECT cut.first_night, cut.last_before AS last_night, removed.domain_id, removed.mx_hosts, removed.hosts_unknown,
           removed.measured_within_nights, removed.starttls_any, removed.starttls_primary,
           removed.starttls_all_reachable, removed.name_match_domain, removed.truncated, removed.mixed_provider,
           removed.route, removed.provider, removed.measured
    FROM removed
    JOIN cut USING (domain_id)
    WHERE cut.last_before IS NOT NULL
    UNION ALL
    SELECT cut.first_after, cut.last_night, removed.domain_id, removed.mx_hosts, removed.hosts_unknown,
           removed.measured_within_nights, removed.starttls_any, removed.starttls_primary,
           removed.starttls_all_reachable, removed.name_match_domain, removed.truncated, removed.mixed_provider,
           removed.route, removed.provider, removed.measured
    FROM removed
    JOIN cut USING (domain_id)
    WHERE cut.first_after IS NOT NULL
    UNION ALL
    SELECT :night::date, CASE WHEN cut.first_after IS NOT NULL OR cut.last_night IS NOT NULL THEN :night::date END,
           mine.domain_id, mine.mx_hosts, mine.hosts_unknown, mine.measured_within_nights, mine.starttls_any,
           mine.starttls_primary, mine.starttls_all_reachable, mine.name_match_domain, mine.truncated,
           mine.mixed_provider, mine.route, mine.provider, mine.measured
    FROM judged_domain AS mine
    JOIN cut USING (domain_id)
    UNION ALL
    SELECT :night::date, CASE WHEN alone.span_after IS NOT NULL THEN :night::date END,
           mine.domain_id, mine.mx_hosts, mine.hosts_unknown, mine.measured_within_nights, mine.starttls_any,
           mine.starttls_primary, mine.starttls_all_reachable, mine.name_match_domain, mine.truncated,
           mine.mixed_provider, mine.route, mine.provider, mine.measured
    FROM judged_domain AS mine
    JOIN alone USING (domain_id)
    WHERE NOT EXISTS (SELECT FROM joined WHERE joined.domain_id = alone.domain_id)
)

-- Counting the removed spans makes this wait for them, so that no domain ever has two open spans.
INSERT INTO domain_state (
    domain_id, first_night, last_night, mx_hosts, hosts_unknown, measured_within_nights, starttls_any, starttls_primary,
    starttls_all_reachable, name_match_domain, truncated, mixed_provider, route, provider, measured)
SELECT domain_id, first_night, last_night, mx_hosts, hosts_unknown, measured_within_nights, starttls_any,
       starttls_primary, starttls_all_reachable, name_match_domain, truncated, mixed_provider, route, provider, measured
FROM piece
WHERE (SELECT count(*) FROM removed) >= 0
ORDER BY domain_id, first_night
