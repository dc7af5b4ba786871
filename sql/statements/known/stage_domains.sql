-- The domains of which something else is known tonight than before, or the same for the second time. Where nothing is known
-- of the best servers tonight, and the others show what was known, the best are as they were known; but such a night
-- confirms nothing of them.
CREATE TEMPORARY TABLE noted_domain ON COMMIT DROP AS
SELECT look.domain_id, look.starttls_any, shown.starttls_primary, shown.is_new
FROM domain_verdict AS look
LEFT JOIN known_domain AS known ON known.domain_id = look.domain_id AND known.until_night IS NULL
CROSS JOIN LATERAL (
    SELECT CASE WHEN look.starttls_primary IS NULL AND look.starttls_any = known.starttls_any
                    THEN known.starttls_primary
                ELSE look.starttls_primary END AS starttls_primary
) AS best
CROSS JOIN LATERAL (
    SELECT best.starttls_primary,
           known.domain_id IS NULL
               OR (look.starttls_any, best.starttls_primary)
                  IS DISTINCT FROM (known.starttls_any, known.starttls_primary) AS is_new
) AS shown
WHERE look.night = :night
  AND look.starttls_any IS NOT NULL
  AND (shown.is_new
       OR known.second_night IS NULL AND look.starttls_primary IS NOT DISTINCT FROM known.starttls_primary)
