-- What each server showed, as far as metrics ask. Servers with equal facts are one kind: hundreds of thousands have a
-- few hundred.
--
-- In a night of overlap a share of the addresses gets the ClientHello of the nights before. Which handshakes finish and
-- what they show depends on it, so what these servers do under TLS is unknown to the night's own series: it is that of
-- the other addresses, which are drawn by a hash. pub.overlap has both.
WITH overlap AS (
    SELECT DISTINCT observation.endpoint_id
    FROM observation
    JOIN call_settings USING (call_settings_id)
    WHERE observation.night = :night
      AND call_settings.offer_id = (SELECT previous_offer_id FROM night WHERE night = :night)
      -- asked once: in every other night nothing is read
      AND (SELECT previous_offer_id FROM night WHERE night = :night) IS NOT NULL
),

seen AS (
    SELECT
        answer.endpoint_id,
        answer.standing,
        -- of a name that was not sampled tonight, its donor's; columns that depend on the name are null in its row
        answer.outcome,
        answer.starttls,
        own.inherited_from IS NOT NULL OR overlap.endpoint_id IS NOT NULL AS is_other,
        own.chain,
        own.chain_ok,
        own.expired,
        own.self_signed,
        own.weak_key,
        own.weak_signature,
        own.name_match,
        tls_profile.key_exchange_group
    FROM tonight_answer AS answer
    LEFT JOIN server_verdict AS own
        ON own.night = :night AND own.endpoint_id = answer.endpoint_id
    LEFT JOIN tls_profile ON tls_profile.tls_profile_id = own.tls_profile_id
    LEFT JOIN overlap ON overlap.endpoint_id = answer.endpoint_id
),

grouped AS (
    SELECT
        row_number() OVER () AS kind,
        array_agg(endpoint_id) AS endpoint_ids,
        standing, outcome, is_other, starttls, chain, chain_ok, expired, self_signed, weak_key, weak_signature,
        name_match, key_exchange_group
    FROM seen
    GROUP BY
        standing, outcome, is_other, starttls, chain, chain_ok, expired, self_signed, weak_key, weak_signature,
        name_match, key_exchange_group
    UNION ALL
    -- a server of which nothing is known
    SELECT 0, '{}', 'counts', NULL, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
)

INSERT INTO trend_seen (kind, endpoint_ids, standing, chain, chain_ok, expired, self_signed, weak_key, weak_signature,
                        name_match, key_exchange_group, offered, encrypted)
SELECT grouped.kind, grouped.endpoint_ids, grouped.standing, grouped.chain, grouped.chain_ok, grouped.expired,
       grouped.self_signed, grouped.weak_key, grouped.weak_signature, grouped.name_match, grouped.key_exchange_group,
       offered.answer, encrypted.answer
FROM grouped
-- in_mail: whether the server's answer counts at all, by its standing. There is no ELSE: a standing that has no line
-- here gives null, which the table refuses.
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN standing = 'counts' THEN 'yes'
        -- the address exists and could not be called, whatever its host has beside it
        WHEN standing = 'other_family' THEN 'unknown'
        WHEN standing IN ('left', 'silent', 'opted_out') THEN 'out'
    END AS answer
) AS in_mail
CROSS JOIN LATERAL (SELECT trend_answer(in_mail.answer, starttls) AS answer) AS offered
CROSS JOIN LATERAL (
    SELECT trend_answer(offered.answer, CASE
        -- a handshake depends on the name, and on our offer. unknown, not out: the server belongs in the denominator,
        -- so it widens the bounds
        WHEN is_other THEN NULL
        WHEN outcome = 'starttls_ok' THEN true
        WHEN outcome IN ('client_cert_required', 'tls_failed', 'tls_unavailable', 'starttls_refused') THEN false
    END) AS answer
) AS encrypted
