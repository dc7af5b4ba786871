-- Which provider an address is counted for that is charged with its own refusals and has blocked us.

CREATE OR REPLACE VIEW blocked_address AS
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
)

SELECT DISTINCT address_standing.address, address_standing.blocked_since,
       coalesce(planned.provider, 'net:' || network(set_masklen(
           address_standing.address, CASE family(address_standing.address) WHEN 4 THEN 24 ELSE 48 END))) AS provider
FROM address_standing
LEFT JOIN planned ON planned.address = address_standing.address;

COMMENT ON VIEW blocked_address IS 'Addresses that are charged themselves and have blocked us, once for each provider that has a name of theirs in the last plan with the address. Of an address that no plan has, the provider is its network.';
COMMENT ON COLUMN blocked_address.address IS 'The address.';
COMMENT ON COLUMN blocked_address.blocked_since IS 'The first night it blocked us.';
COMMENT ON COLUMN blocked_address.provider IS 'The provider.';
