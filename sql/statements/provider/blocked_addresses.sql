-- Addresses that are charged themselves and have blocked us, once for each provider that has a name of theirs in the
-- last plan with the address. Of an address that no plan has, the provider is its network.
WITH planned AS (
    SELECT planned_call.address, planned_call.provider,
           rank() OVER (PARTITION BY planned_call.address ORDER BY planned_call.night DESC) AS place
    FROM planned_call
    WHERE planned_call.address IN (SELECT address_standing.address FROM address_standing)
)

SELECT DISTINCT host(address_standing.address) AS address, address_standing.blocked_since,
       coalesce(planned.provider, 'net:' || network(set_masklen(
           address_standing.address, CASE family(address_standing.address) WHEN 4 THEN 24 ELSE 48 END))) AS provider
FROM address_standing
LEFT JOIN planned ON planned.address = address_standing.address AND planned.place = 1
ORDER BY address, provider
