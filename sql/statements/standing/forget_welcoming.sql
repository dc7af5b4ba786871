DELETE FROM provider_standing
WHERE provider = ANY (:providers)
