-- Domains by their ids, in this order, without those that opted out.
SELECT asked.domain_id, domain.name
FROM unnest(:ids) WITH ORDINALITY AS asked (domain_id, place)
JOIN domain USING (domain_id)
WHERE NOT domain.is_opted_out
ORDER BY asked.place
