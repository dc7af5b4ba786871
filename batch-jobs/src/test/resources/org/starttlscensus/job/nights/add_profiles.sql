-- What handshakes show: for every second server something of its own, one in a hundred renewed every night. The newest
-- chains are for those that are new.
WITH keyed AS (
    UPDATE certificate
    SET key_type = CASE WHEN get_byte(sha256, 0) % 3 = 0 THEN 'EC' ELSE 'RSA' END,
        key_bits = CASE WHEN get_byte(sha256, 0) % 3 = 0 THEN 256 ELSE 1024 * (2 + get_byte(sha256, 1) % 3) END,
        signature_algorithm = CASE WHEN get_byte(sha256, 2) % 4 = 0 THEN 'SHA256withECDSA' ELSE 'SHA256withRSA' END
    WHERE key_type IS NULL
),

added AS (
    SELECT kind.number, row_number() OVER (ORDER BY kind.number) AS ordinal,
           shown_by(kind.number, :night::date - date '1970-01-01') AS sha256
    FROM generate_series(1, greatest(:servers / 2, 1)) AS kind (number)
    WHERE NOT EXISTS (
        SELECT FROM tls_profile WHERE tls_profile.sha256 = shown_by(kind.number, :night::date - date '1970-01-01'))
)

INSERT INTO tls_profile (sha256, tls_version, cipher_suite, key_exchange_group, signature_scheme, client_certificate_requested, chain_id,
                         offer_id, extended_master_secret, secure_renegotiation, session_ticket, hello_retry_requested)
SELECT added.sha256,
       CASE WHEN draw(added.number, 20) < 0.8 THEN 'TLSv1.3' ELSE 'TLSv1.2' END,
       CASE WHEN draw(added.number, 20) < 0.6 THEN 'TLS_AES_256_GCM_SHA384' WHEN draw(added.number, 20) < 0.8 THEN 'TLS_AES_128_GCM_SHA256'
            ELSE 'TLS_ECDHE_RSA_WITH_AES_' || CASE WHEN draw(added.number, 21) < 0.5 THEN '128' ELSE '256' END || '_GCM_SHA256' END,
       (ARRAY['x25519', 'X25519MLKEM768', 'secp256r1', 'secp384r1'])[1 + floor(4 * draw(added.number, 22))::integer],
       'rsa_pss_rsae_sha256',
       false,
       known.ids[1 + (added.ordinal - 1) % cardinality(known.ids)],
       'bench', true, true, draw(added.number, 23) < 0.7, false
FROM added
CROSS JOIN (SELECT array_agg(chain_id ORDER BY chain_id DESC) AS ids FROM chain) AS known
