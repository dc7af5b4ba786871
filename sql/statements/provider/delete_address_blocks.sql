-- The blocks of a provider's addresses.
DELETE FROM address_standing
WHERE address IN (SELECT address FROM blocked_address WHERE provider = :provider)
