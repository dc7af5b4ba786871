-- Addresses that are charged themselves, have blocked us and have not accepted a call since: they get no on-demand
-- calls.
SELECT host(address) AS address, blocked_since
FROM address_standing
WHERE address = ANY (:addresses::inet[])
