-- The domains of which something else is known tonight than before, or the same for the second time.
CREATE TEMPORARY TABLE noted_domain ON COMMIT DROP AS
SELECT look.domain_id, look.starttls_any, look.starttls_primary,
       known.domain_id IS NULL
           OR (look.starttls_any, look.starttls_primary)
              IS DISTINCT FROM (known.starttls_any, known.starttls_primary) AS is_new
FROM domain_verdict AS look
LEFT JOIN known_domain AS known ON known.domain_id = look.domain_id AND known.until_night IS NULL
WHERE look.night = :night
  AND look.starttls_any IS NOT NULL
  AND (known.domain_id IS NULL
       OR known.second_night IS NULL
       OR (look.starttls_any, look.starttls_primary)
          IS DISTINCT FROM (known.starttls_any, known.starttls_primary))
