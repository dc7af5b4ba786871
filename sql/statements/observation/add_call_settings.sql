-- Sorted, so that two writers cannot deadlock.
INSERT INTO call_settings (question, ehlo_name, offer_id, source_address)
SELECT seen.question, seen.ehlo_name, seen.offer_id, seen.source_address::inet
FROM (
    SELECT DISTINCT given.question, given.ehlo_name, given.offer_id, given.source_address
    FROM unnest(:questions, :ehlo_names, :offer_ids, :source_addresses)
        AS given (question, ehlo_name, offer_id, source_address)
) AS seen
WHERE NOT EXISTS (
    SELECT
    FROM call_settings AS known
    WHERE known.question = seen.question
      AND known.ehlo_name = seen.ehlo_name
      AND known.offer_id IS NOT DISTINCT FROM seen.offer_id
      AND known.source_address IS NOT DISTINCT FROM seen.source_address::inet
)
ORDER BY seen.question, seen.ehlo_name, seen.offer_id, seen.source_address
ON CONFLICT DO NOTHING
