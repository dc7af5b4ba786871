WITH seen AS (
    SELECT DISTINCT ON (keyed.sha256) keyed.sha256, given.ehlo, given.helo, given.starttls, given.after_tls
    FROM unnest(:ehlos, :helos, :starttls, :after_tls) AS given (ehlo, helo, starttls, after_tls)
    CROSS JOIN LATERAL dialogue_sha256(given.ehlo, given.helo, given.starttls, given.after_tls) AS keyed (sha256)
    WHERE num_nonnulls(given.ehlo, given.helo, given.starttls, given.after_tls) > 0
    ORDER BY keyed.sha256
)

INSERT INTO dialogue (sha256, ehlo, helo, starttls, after_tls)
SELECT seen.sha256, seen.ehlo, seen.helo, seen.starttls, seen.after_tls
FROM seen
WHERE NOT EXISTS (SELECT FROM dialogue WHERE dialogue.sha256 = seen.sha256)
ORDER BY seen.sha256
ON CONFLICT (sha256) DO NOTHING
