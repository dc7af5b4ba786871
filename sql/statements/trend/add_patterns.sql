-- Servers with equal answers have one pattern.
WITH masked AS MATERIALIZED (
    SELECT
        trend_finding.kind,
        string_agg(CASE trend_finding.answer WHEN 'yes' THEN '1' ELSE '0' END, '' ORDER BY trend_metric.place)
            ::bit varying AS yes,
        string_agg(CASE trend_finding.answer WHEN 'no' THEN '1' ELSE '0' END, '' ORDER BY trend_metric.place)
            ::bit varying AS no,
        string_agg(CASE trend_finding.answer WHEN 'unknown' THEN '1' ELSE '0' END, '' ORDER BY trend_metric.place)
            ::bit varying AS unknown
    FROM trend_finding
    JOIN trend_metric ON trend_metric.name = trend_finding.metric
    GROUP BY trend_finding.kind
),

alike AS MATERIALIZED (
    SELECT CASE WHEN bool_or(trend_seen.kind = 0) THEN 0 ELSE row_number() OVER () END AS pattern_id,
           array_agg(trend_seen.kind) AS kinds, trend_seen.standing, trend_seen.encrypted,
           masked.yes, masked.no, masked.unknown
    FROM trend_seen
    JOIN masked USING (kind)
    GROUP BY trend_seen.standing, trend_seen.encrypted, masked.yes, masked.no, masked.unknown
),

kept AS (
    INSERT INTO trend_pattern (pattern_id, standing, yes, no, unknown, shows, is_open)
    SELECT pattern_id, standing, yes, no, unknown, encrypted = 'yes', encrypted = 'unknown'
    FROM alike
)

INSERT INTO trend_server (endpoint_id, address, provider, pattern_id)
SELECT planned_call.endpoint_id, planned_call.address, planned_call.provider, alike.pattern_id
FROM alike
CROSS JOIN LATERAL unnest(alike.kinds) AS same (kind)
JOIN trend_seen ON trend_seen.kind = same.kind
CROSS JOIN LATERAL unnest(trend_seen.endpoint_ids) AS member (endpoint_id)
JOIN planned_call ON planned_call.night = :night AND planned_call.endpoint_id = member.endpoint_id
