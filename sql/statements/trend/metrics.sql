-- The metrics of adoption: one line each, with the denominator and what makes a yes (true), a no (false) or an unknown
-- (null). A new metric is a new line here, and its meaning is a line of sql/views/R__2_pub_meaning.sql.
INSERT INTO trend_finding (kind, metric, answer)
SELECT trend_seen.kind, metric.name, metric.answer
FROM trend_seen
CROSS JOIN LATERAL (VALUES
    ('starttls_offered', offered),
    ('tls_handshake_ok', encrypted),
    ('pkix_valid_mx',    trend_answer(encrypted, chain = 'trusted' AND trend_seen.name_match IS NOT DISTINCT FROM 'match')),
    ('pkix_chain_ok',    trend_answer(encrypted, chain_ok)),
    ('expired',          trend_answer(encrypted, expired)),
    ('self_signed',      trend_answer(encrypted, self_signed)),
    -- dNSNames only (RFC 9525): a matching common name is no match; null where the certificate cannot be read
    ('name_mismatch',    trend_answer(encrypted, CASE WHEN chain = 'none' THEN false
                                                      WHEN chain IS NOT NULL THEN trend_seen.name_match <> 'match' END)),
    ('weak_key',         trend_answer(encrypted, weak_key)),
    ('weak_signature',   trend_answer(encrypted, weak_signature)),
    -- hybrids of a classical group and ML-KEM: X25519MLKEM768, SecP256r1MLKEM768 ...; no group at all is static RSA
    ('pq_hybrid',        trend_answer(encrypted, coalesce(key_exchange_group, '') LIKE '_%MLKEM%'))
) AS metric (name, answer)
