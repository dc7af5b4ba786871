-- Addresses that are charged themselves and have blocked us, with their provider in the last plan that has them.
SELECT host(address_standing.address) AS address, address_standing.blocked_since, planned.provider
FROM address_standing
CROSS JOIN LATERAL (
    SELECT planned_call.provider
    FROM endpoint
    JOIN planned_call USING (endpoint_id)
    WHERE endpoint.address = address_standing.address
    ORDER BY charges_address(planned_call.provider_source) DESC, planned_call.night DESC
    LIMIT 1
) AS planned
ORDER BY address_standing.address
