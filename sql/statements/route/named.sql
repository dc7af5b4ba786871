-- Domains by their ids, in this order.
SELECT asked.domain_id, domain.name
FROM unnest(:ids) WITH ORDINALITY AS asked (domain_id, place)
JOIN domain USING (domain_id)
ORDER BY asked.place
