-- Of a night that is closed late, blocks that began later are left out.
INSERT INTO night_block (night, provider, address, blocked_since)
SELECT :night, provider, NULL::inet, blocked_since
FROM provider_standing
WHERE blocked_since <= :night
UNION ALL
SELECT :night, NULL, address, blocked_since
FROM address_standing
WHERE blocked_since <= :night
