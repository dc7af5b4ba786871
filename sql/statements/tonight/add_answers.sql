WITH seen AS (
    SELECT
        planned_call.endpoint_id,
        planned_call.is_implicit,
        endpoint.mail_host_id,
        -- a name that was not sampled tonight counts as its donor
        coalesce(donor.outcome, own.outcome) AS outcome,
        own.starttls,
        -- the lack of IPv4 has no outcome of its own (decision 0027)
        planned_call.not_attempted = 'budget' AND planned_call.detail = 'no source address of ours is IPv4'
            AS is_without_ipv4
    FROM planned_call
    JOIN endpoint USING (endpoint_id)
    LEFT JOIN server_verdict_by_version AS own
        ON own.night = :night AND own.method_version = :method_version
        AND own.endpoint_id = planned_call.endpoint_id
    LEFT JOIN server_verdict_by_version AS donor
        ON own.inherited_from IS NOT NULL
        AND donor.night = :night AND donor.method_version = :method_version
        AND donor.endpoint_id = planned_call.donor_endpoint_id
    WHERE planned_call.night = :night
),

placed AS (
    SELECT
        endpoint_id, mail_host_id, outcome, starttls,
        CASE
            WHEN is_without_ipv4 THEN 'other_family'
            WHEN outcome IS NULL THEN 'counts'
            ELSE roll_up_standing(outcome, is_implicit)
        END AS standing
    FROM seen
),

beside AS (
    SELECT
        endpoint_id, outcome, starttls, standing,
        bool_or(standing NOT IN ('other_family', 'special')) OVER (PARTITION BY mail_host_id) AS has_our_family
    FROM placed
)

INSERT INTO tonight_answer (endpoint_id, standing, outcome, starttls)
SELECT
    endpoint_id,
    CASE
        WHEN standing = 'other_family' AND NOT has_our_family THEN 'counts'
        WHEN standing = 'special' THEN 'left'
        ELSE standing
    END,
    outcome,
    starttls
FROM beside
