-- Which of these providers, and whether this address, refused us and have received no call of ours since.
SELECT provider, NULL AS address, blocked_since, last_blocked, nights
FROM provider_standing
WHERE provider = ANY (:providers)
UNION ALL
SELECT NULL, host(address), blocked_since, last_blocked, nights
FROM address_standing
WHERE address = :address::inet
ORDER BY provider
