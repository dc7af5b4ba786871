-- Addresses that have blocked us, and their providers.
SELECT host(address) AS address, blocked_since, provider
FROM blocked_address
ORDER BY host(address), provider
