-- The values of tonight's finished handshakes. Text that a peer chose freely is reduced to known names or numbers.
-- Hundreds of thousands of servers have the same few thousand combinations: each is a kind, whose values are listed
-- once.
WITH shown AS (
    SELECT
        trend_server.endpoint_id,
        tls_profile.tls_version,
        tls_profile.cipher_suite,
        coalesce(tls_profile.key_exchange_group, 'none') AS key_exchange_group,
        ARRAY[
            server_verdict.chain,
            CASE WHEN certificate.key_type ~ '^[0-9.]+$' THEN 'other' ELSE coalesce(certificate.key_type, 'none') END,
            coalesce(certificate.key_bits::text, ''),
            CASE WHEN certificate.signature_algorithm ~ '^[0-9.]+$' THEN 'other'
                 ELSE coalesce(certificate.signature_algorithm, 'none') END,
            coalesce(verdict.root, 'none')
        ] AS certificate
    FROM trend_server
    JOIN trend_pattern ON trend_pattern.pattern_id = trend_server.pattern_id AND trend_pattern.shows
    JOIN server_verdict ON server_verdict.night = :night AND server_verdict.endpoint_id = trend_server.endpoint_id
    JOIN tls_profile USING (tls_profile_id)
    LEFT JOIN certificate ON certificate.sha256 = server_verdict.leaf_sha256
    JOIN night ON night.night = :night
    LEFT JOIN trust_store ON trust_store.name = night.trust_store
    LEFT JOIN chain_verdict AS verdict
        ON verdict.chain_id = tls_profile.chain_id
        AND verdict.trust_store_id = trust_store.trust_store_id
        AND verdict.method_version = server_verdict.method_version
        AND NOT verdict.known_intermediates
        AND verdict.holds_from <= server_verdict.observed_at
        AND verdict.holds_until > server_verdict.observed_at
),

kind AS MATERIALIZED (
    SELECT (row_number() OVER ())::integer AS kind_id, tls_version, cipher_suite, key_exchange_group,
           certificate, array_agg(endpoint_id) AS endpoint_ids
    FROM shown
    GROUP BY tls_version, cipher_suite, key_exchange_group, certificate
),

said AS MATERIALIZED (
    SELECT DISTINCT kind.kind_id, part.dimension, part.words
    FROM kind
    CROSS JOIN LATERAL (VALUES
        ('tls_version', ARRAY[tls_version]),
        ('cipher_suite', ARRAY[cipher_suite]),
        ('key_exchange_group', ARRAY[key_exchange_group]),
        ('certificate', certificate),
        ('certificate', ARRAY[certificate[1], 'all', 'all', 'all', 'all']),
        ('certificate', ARRAY['all', certificate[2], certificate[3], 'all', 'all']),
        ('certificate', ARRAY['all', 'all', 'all', certificate[4], 'all']),
        ('certificate', ARRAY['all', 'all', 'all', 'all', certificate[5]])
    ) AS part (dimension, words)
),

known AS (
    INSERT INTO trend_value (dimension, words)
    SELECT dimension, words
    FROM said
    UNION
    -- a row also for the versions that nobody showed
    SELECT 'tls_version', ARRAY[version]
    FROM unnest(ARRAY['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']) AS known (version)
    RETURNING value_id, dimension, words
),

listed AS (
    INSERT INTO trend_kind_value (kind_id, value_id)
    SELECT said.kind_id, known.value_id
    FROM said
    JOIN known USING (dimension, words)
)

INSERT INTO trend_shown (endpoint_id, kind_id)
SELECT alike.endpoint_id, kind.kind_id
FROM kind
CROSS JOIN LATERAL unnest(kind.endpoint_ids) AS alike (endpoint_id)
