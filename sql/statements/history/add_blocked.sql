INSERT INTO provider_standing (provider, blocked_since, last_blocked, nights)
SELECT given.provider, :night, :night, 1
FROM unnest(:providers) AS given (provider)
ON CONFLICT (provider) DO UPDATE
SET last_blocked = excluded.last_blocked, nights = provider_standing.nights + 1
WHERE provider_standing.last_blocked < excluded.last_blocked
