-- The addresses that are charged themselves and belong to this provider in the last plan that has them.
DELETE FROM address_standing
WHERE (
    SELECT planned_call.provider
    FROM endpoint
    JOIN planned_call USING (endpoint_id)
    WHERE endpoint.address = address_standing.address
      AND charges_address(planned_call.provider_source)
    ORDER BY planned_call.night DESC
    LIMIT 1
) = :provider
