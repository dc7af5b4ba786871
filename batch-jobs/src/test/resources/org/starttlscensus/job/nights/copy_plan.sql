-- The plan of the night before once more.
INSERT INTO planned_call (night, endpoint_id, position, address, prefix, provider, provider_source, provider_rules, is_primary,
                          is_implicit, is_known, domains, measured_within_nights, not_attempted, detail, donor_endpoint_id)
SELECT :night, endpoint_id, position, address, prefix, provider, provider_source, provider_rules, is_primary,
       is_implicit, is_known, domains, measured_within_nights,
       CASE WHEN not_attempted NOT IN ('window_end', 'suspended') THEN not_attempted END, detail, donor_endpoint_id
FROM planned_call
WHERE night = :night::date - 1
