-- Closes the spans that end because something else is concluded tonight, and opens new ones. A domain of which the same
-- is concluded as before costs no write. One that is on no list tonight keeps its span.
WITH changed AS MATERIALIZED (
    SELECT judged.domain_id, judged.mx_hosts, judged.hosts_unknown, judged.measured_within_nights, judged.starttls_any,
           judged.starttls_primary, judged.starttls_all_reachable, judged.name_match_domain, judged.truncated,
           judged.mixed_provider, judged.route, judged.provider, judged.measured, held.first_night AS held_since
    FROM judged_domain AS judged
    LEFT JOIN domain_state AS held ON held.domain_id = judged.domain_id AND held.last_night IS NULL
    WHERE held.domain_id IS NULL
       OR (held.mx_hosts, held.hosts_unknown, held.measured_within_nights, held.starttls_any, held.starttls_primary,
           held.starttls_all_reachable, held.name_match_domain, held.truncated, held.mixed_provider, held.route,
           held.provider, held.measured)
          IS DISTINCT FROM
          (judged.mx_hosts, judged.hosts_unknown, judged.measured_within_nights, judged.starttls_any,
           judged.starttls_primary, judged.starttls_all_reachable, judged.name_match_domain, judged.truncated,
           judged.mixed_provider, judged.route, judged.provider, judged.measured)
),

-- Mostly the night before; an earlier one where the domain was on no list then. Where every night of the span was
-- removed since, it is left as the span of its first night.
ended AS (
    SELECT changed.domain_id, coalesce(judged_before.night, changed.held_since) AS last_night
    FROM changed
    LEFT JOIN LATERAL (
        SELECT domain_night.night
        FROM domain_night
        WHERE domain_night.night >= changed.held_since
          AND domain_night.night < :night
          AND EXISTS (
              SELECT
              FROM night_list
              JOIN listed_block USING (list_edition_id)
              WHERE night_list.night = domain_night.night
                AND listed_block.block = block_of(changed.domain_id)
                AND listed_block.ranks[place_in_block(changed.domain_id)] IS NOT NULL
          )
        ORDER BY domain_night.night DESC
        LIMIT 1
    ) AS judged_before ON true
    WHERE changed.held_since IS NOT NULL
),

closed AS (
    UPDATE domain_state
    SET last_night = ended.last_night
    FROM ended
    WHERE domain_state.domain_id = ended.domain_id
      AND domain_state.last_night IS NULL
    RETURNING domain_state.domain_id
),

judged_night AS (
    INSERT INTO domain_night (night, method_version)
    VALUES (:night, :method_version)
)

-- Counting the closed spans makes this wait for them, so that no domain ever has two open spans.
INSERT INTO domain_state (
    domain_id, first_night, mx_hosts, hosts_unknown, measured_within_nights, starttls_any, starttls_primary,
    starttls_all_reachable, name_match_domain, truncated, mixed_provider, route, provider, measured)
SELECT domain_id, :night, mx_hosts, hosts_unknown, measured_within_nights, starttls_any, starttls_primary,
       starttls_all_reachable, name_match_domain, truncated, mixed_provider, route, provider, measured
FROM changed
WHERE (SELECT count(*) FROM closed) >= 0
ORDER BY domain_id
