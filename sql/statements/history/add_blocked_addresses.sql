INSERT INTO address_standing (address, blocked_since, last_blocked, nights)
SELECT given.address::inet, :night, :night, 1
FROM unnest(:addresses) AS given (address)
ON CONFLICT (address) DO UPDATE
SET last_blocked = excluded.last_blocked, nights = address_standing.nights + 1
WHERE address_standing.last_blocked < excluded.last_blocked
