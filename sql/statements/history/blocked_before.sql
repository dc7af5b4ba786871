SELECT provider
FROM provider_standing
WHERE blocked_since < :night
