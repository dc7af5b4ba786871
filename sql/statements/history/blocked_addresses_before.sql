SELECT host(address) AS address
FROM address_standing
WHERE blocked_since < :night
