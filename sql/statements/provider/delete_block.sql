DELETE FROM provider_standing
WHERE provider = :provider
