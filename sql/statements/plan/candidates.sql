-- Every server of tonight's routes, in tonight's order, with its provider. The names on one address are ranked by a
-- hash of name and night, so that each night samples another 20 of many. The first of them is the donor of the names
-- that are not sampled.
WITH mx_set AS (
    SELECT mx_set_id, count(*) AS domains
    FROM tonight_route(:night)
    WHERE route IN ('mx', 'implicit_mx')
    GROUP BY mx_set_id
),

server AS (
    SELECT endpoint_id, mail_host_id, address, prefix, bool_or(is_opted_out) AS is_opted_out,
           bool_or(is_best) AS is_primary,
           bool_and(is_implicit) AS is_implicit,
           coalesce(sum(domains) FILTER (WHERE is_best), 0) AS domains
    FROM plan_server
    JOIN mx_set USING (mx_set_id)
    GROUP BY endpoint_id, mail_host_id, address, prefix
),

named AS (
    SELECT server.endpoint_id, server.address, server.is_primary, server.is_implicit, server.domains, mail_host.name,
           server.is_opted_out,
           sha256(convert_to(:night::date::text || ' ' || mail_host.name, 'UTF8')) AS lot,
           CASE WHEN plan_host.provider IS NOT NULL AND NOT plan_host.is_vanity THEN plan_host.provider
                ELSE coalesce(plan_neighbour.provider, 'net:' || server.prefix::text) END AS provider,
           CASE WHEN plan_host.provider IS NOT NULL AND NOT plan_host.is_vanity THEN plan_host.source
                WHEN plan_neighbour.is_pool THEN 'pool'
                WHEN plan_neighbour.provider IS NOT NULL THEN 'prefix'
                ELSE 'net' END AS provider_source
    FROM server
    JOIN mail_host USING (mail_host_id)
    JOIN plan_host USING (mail_host_id)
    LEFT JOIN plan_neighbour USING (prefix)
),

ranked AS (
    SELECT endpoint_id, name, address, is_opted_out, is_primary, is_implicit, domains, lot, provider, provider_source,
           row_number() OVER (PARTITION BY address ORDER BY lot, endpoint_id)             AS name_rank,
           first_value(endpoint_id) OVER (PARTITION BY address ORDER BY lot, endpoint_id) AS donor_endpoint_id
    FROM named
),

last_look AS (
    SELECT endpoint_id
    FROM server_verdict
    WHERE night = (SELECT max(night) FROM night WHERE night < :night AND completed_at IS NOT NULL
                   AND NOT is_closed_early)
      AND starttls IS NOT NULL
      AND attempts > 0
)

SELECT ranked.endpoint_id, ranked.name, host(ranked.address) AS address, ranked.is_primary, ranked.is_implicit,
       ranked.domains, ranked.name_rank, ranked.donor_endpoint_id, ranked.provider, ranked.provider_source,
       count(*) FILTER (WHERE ranked.name_rank <= :names_per_address AND (:has_ipv6 OR family(ranked.address) = 4))
           OVER (PARTITION BY ranked.provider) AS of_provider,
       ranked.is_opted_out,
       opt_out_unanswered.address IS NOT NULL                             AS is_opt_out_unanswered,
       last_look.endpoint_id IS NOT NULL                                  AS is_known,
       coalesce(unreachable_endpoint.nights, 0)                           AS unreachable_nights,
       unreachable_endpoint.last_night                                    AS last_unreachable,
       coalesce(provider_standing.nights, 0)                              AS blocked_nights,
       provider_standing.last_blocked, provider_standing.blocked_since,
       coalesce(address_standing.nights, 0)                               AS address_blocked_nights,
       address_standing.last_blocked                                      AS address_last_blocked
FROM ranked
LEFT JOIN last_look USING (endpoint_id)
LEFT JOIN unreachable_endpoint USING (endpoint_id)
LEFT JOIN provider_standing USING (provider)
LEFT JOIN address_standing ON address_standing.address = ranked.address
LEFT JOIN opt_out_unanswered ON opt_out_unanswered.night = :night AND opt_out_unanswered.address = ranked.address
ORDER BY ranked.lot, ranked.endpoint_id
