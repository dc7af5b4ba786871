-- What handshakes show: for every second server something of its own, over the chains that there are.
WITH keyed AS (
    UPDATE certificate
    SET key_type = CASE WHEN get_byte(sha256, 0) % 3 = 0 THEN 'EC' ELSE 'RSA' END,
        key_bits = CASE WHEN get_byte(sha256, 0) % 3 = 0 THEN 256 ELSE 1024 * (2 + get_byte(sha256, 1) % 3) END,
        signature_algorithm = CASE WHEN get_byte(sha256, 2) % 4 = 0 THEN 'SHA256withECDSA' ELSE 'SHA256withRSA' END
)

INSERT INTO tls_profile (sha256, tls_version, cipher_suite, key_exchange_group, client_certificate_requested, chain_id, offer_id)
SELECT sha256(('profile ' || number)::bytea),
       CASE WHEN draw(number, 20) < 0.8 THEN 'TLSv1.3' ELSE 'TLSv1.2' END,
       CASE WHEN draw(number, 20) < 0.6 THEN 'TLS_AES_256_GCM_SHA384' WHEN draw(number, 20) < 0.8 THEN 'TLS_AES_128_GCM_SHA256'
            ELSE 'TLS_ECDHE_RSA_WITH_AES_' || CASE WHEN draw(number, 21) < 0.5 THEN '128' ELSE '256' END || '_GCM_SHA256' END,
       (ARRAY['x25519', 'X25519MLKEM768', 'secp256r1', 'secp384r1'])[1 + floor(4 * draw(number, 22))::integer],
       false,
       known.ids[1 + number % cardinality(known.ids)],
       'bench'
FROM generate_series(1, greatest(:servers / 2, 1)) AS number
CROSS JOIN (SELECT array_agg(chain_id ORDER BY chain_id) AS ids FROM chain) AS known
