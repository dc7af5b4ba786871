-- CA certificates sent by measured servers whose subject is the issuer of a certificate in this chain, and recursively
-- their issuers. Any server may send a CA certificate with any name, so their number is limited, and only their
-- signatures prove anything.
WITH RECURSIVE known AS (
    SELECT certificate.sha256, certificate.issuer_sha256, 0 AS height
    FROM chain_certificate
    JOIN certificate ON certificate.sha256 = chain_certificate.certificate
    WHERE chain_certificate.chain_id = :chain_id
    UNION
    SELECT found.sha256, found.issuer_sha256, known.height + 1
    FROM known
    CROSS JOIN LATERAL (
        SELECT certificate.sha256, certificate.issuer_sha256
        FROM certificate
        WHERE certificate.is_ca
          AND certificate.subject_sha256 = known.issuer_sha256
          AND certificate.sha256 <> known.sha256
        ORDER BY certificate.subject_sha256, certificate.sha256
        LIMIT 8
    ) AS found
    WHERE known.height < 3
)

SELECT certificate.der
FROM certificate
WHERE certificate.sha256 IN (SELECT sha256 FROM known WHERE height > 0)
  AND certificate.sha256 NOT IN (SELECT certificate FROM chain_certificate WHERE chain_id = :chain_id)
ORDER BY certificate.sha256
LIMIT 40
