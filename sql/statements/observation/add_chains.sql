-- Parameter certificates: the SHA-256 values of a chain in order, hexadecimal, separated by spaces.
WITH seen AS (
    SELECT DISTINCT ON (given.sha256) given.sha256, string_to_array(given.certificates, ' ') AS certificates
    FROM unnest(:sha256s, :certificates) AS given (sha256, certificates)
    ORDER BY given.sha256
),

added AS (
    INSERT INTO chain (sha256)
    SELECT seen.sha256
    FROM seen
    WHERE NOT EXISTS (SELECT FROM chain WHERE chain.sha256 = seen.sha256)
    ORDER BY seen.sha256
    ON CONFLICT (sha256) DO NOTHING
    RETURNING chain_id, sha256
)

INSERT INTO chain_certificate (chain_id, position, certificate)
SELECT added.chain_id, member.ordinal - 1, decode(member.certificate, 'hex')
FROM added
JOIN seen USING (sha256)
CROSS JOIN LATERAL unnest(seen.certificates) WITH ORDINALITY AS member (certificate, ordinal)
