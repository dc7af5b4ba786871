-- The blocks of addresses that have a name of this provider in the last plan with the address. Of an address that no
-- plan has, the provider is its network.
WITH last_planned AS (
    -- for each name at the address, from the last night backwards, until a plan has it; three months at most
    SELECT endpoint.address, planned.night, planned.provider,
           max(planned.night) OVER (PARTITION BY endpoint.address) AS last_night
    FROM address_standing
    JOIN endpoint ON endpoint.address = address_standing.address
    CROSS JOIN LATERAL (
        SELECT found.night, found.provider
        FROM night
        CROSS JOIN LATERAL (
            SELECT planned_call.night, planned_call.provider
            FROM planned_call
            WHERE planned_call.night = night.night
              AND planned_call.endpoint_id = endpoint.endpoint_id
        ) AS found
        WHERE night.night > (SELECT max(last.night) FROM night AS last) - 92
        ORDER BY night.night DESC
        LIMIT 1
    ) AS planned
),

planned AS (
    SELECT address, provider
    FROM last_planned
    WHERE night = last_night
),

latest AS (
    SELECT address_standing.address,
           coalesce(planned.provider, 'net:' || network(set_masklen(
               address_standing.address, CASE family(address_standing.address) WHEN 4 THEN 24 ELSE 48 END))) AS provider
    FROM address_standing
    LEFT JOIN planned ON planned.address = address_standing.address
)

DELETE FROM address_standing
USING latest
WHERE latest.address = address_standing.address
  AND latest.provider = :provider
