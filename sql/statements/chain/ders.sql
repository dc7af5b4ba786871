-- The certificates of chains, as sent.
SELECT chain_certificate.chain_id, certificate.der
FROM chain_certificate
JOIN certificate ON certificate.sha256 = chain_certificate.certificate
WHERE chain_certificate.chain_id = ANY (:chains)
ORDER BY chain_certificate.chain_id, chain_certificate.position
