-- The answer of each server to each metric.
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
        tls_profile.tls_version,
        tls_profile.key_exchange_group
    FROM tonight_answer AS answer
    LEFT JOIN server_verdict AS own
        ON own.night = :night AND own.endpoint_id = answer.endpoint_id
    LEFT JOIN tls_profile ON tls_profile.tls_profile_id = own.tls_profile_id
    LEFT JOIN overlap ON overlap.endpoint_id = answer.endpoint_id
),

-- Hundreds of thousands of servers have a few hundred different combinations: each is evaluated once.
grouped AS (
    SELECT
        row_number() OVER () AS kind,
        array_agg(endpoint_id) AS endpoint_ids,
        standing, outcome, is_other, starttls, chain, chain_ok, expired, self_signed, weak_key, weak_signature,
        name_match,
        tls_version, key_exchange_group
    FROM seen
    GROUP BY
        standing, outcome, is_other, starttls, chain, chain_ok, expired, self_signed, weak_key, weak_signature,
        name_match,
        tls_version, key_exchange_group
),

-- The denominators. in_mail: whether the server's answer counts at all, by its standing. There is no ELSE: a standing
-- that has no line here gives null, which the table refuses.
gated AS (
    SELECT grouped.kind, grouped.standing, offered.answer AS offered, encrypted.answer AS encrypted
    FROM grouped
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
            -- a handshake depends on the name, and on our offer. unknown, not out: the server belongs in the
            -- denominator, so it widens the bounds
            WHEN is_other THEN NULL
            WHEN outcome = 'starttls_ok' THEN true
            WHEN outcome IN ('client_cert_required', 'tls_failed', 'tls_unavailable', 'starttls_refused') THEN false
        END) AS answer
    ) AS encrypted
),

answered AS (
    SELECT grouped.kind, metric.name, metric.answer
    FROM grouped
    JOIN gated USING (kind)
    CROSS JOIN LATERAL (VALUES
        ('starttls_offered', offered),
        ('tls_handshake_ok', encrypted),
        ('pkix_valid_mx',    trend_answer(encrypted, chain = 'trusted' AND grouped.name_match IS NOT DISTINCT FROM 'match')),
        ('pkix_chain_ok',    trend_answer(encrypted, chain_ok)),
        ('expired',          trend_answer(encrypted, expired)),
        ('self_signed',      trend_answer(encrypted, self_signed)),
        -- dNSNames only (RFC 9525): a matching common name is no match
        -- null, so unknown, where the certificate cannot be read
        ('name_mismatch',    trend_answer(encrypted, CASE WHEN chain = 'none' THEN false
                                                          WHEN chain IS NOT NULL THEN grouped.name_match <> 'match' END)),
        ('weak_key',         trend_answer(encrypted, weak_key)),
        ('weak_signature',   trend_answer(encrypted, weak_signature)),
        -- hybrids of a classical group and ML-KEM: X25519MLKEM768, SecP256r1MLKEM768 ...; no group at all is static RSA
        ('pq_hybrid',        trend_answer(encrypted, coalesce(key_exchange_group, '') LIKE '_%MLKEM%')),
        ('TLSv1',            trend_answer(encrypted, tls_version = 'TLSv1')),
        ('TLSv1.1',          trend_answer(encrypted, tls_version = 'TLSv1.1')),
        ('TLSv1.2',          trend_answer(encrypted, tls_version = 'TLSv1.2')),
        ('TLSv1.3',          trend_answer(encrypted, tls_version = 'TLSv1.3'))
    ) AS metric (name, answer)
),

masked AS (
    SELECT
        answered.kind,
        coalesce(bit_or(trend_metric.bit) FILTER (WHERE answered.answer = 'yes'), 0)     AS yes,
        coalesce(bit_or(trend_metric.bit) FILTER (WHERE answered.answer = 'no'), 0)      AS no,
        -- null, which the table refuses, if a metric has no answer
        CASE WHEN count(answered.answer) = count(*)
            THEN coalesce(bit_or(trend_metric.bit) FILTER (WHERE answered.answer = 'unknown'), 0) END AS unknown
    FROM answered
    JOIN trend_metric USING (name)
    GROUP BY answered.kind
)

INSERT INTO trend_server (endpoint_id, address, provider, standing, yes, no, unknown)
SELECT
    planned_call.endpoint_id,
    planned_call.address,
    planned_call.provider,
    grouped.standing,
    masked.yes,
    masked.no,
    masked.unknown
FROM grouped
JOIN masked USING (kind)
CROSS JOIN LATERAL unnest(grouped.endpoint_ids) AS alike (endpoint_id)
JOIN planned_call ON planned_call.night = :night AND planned_call.endpoint_id = alike.endpoint_id
