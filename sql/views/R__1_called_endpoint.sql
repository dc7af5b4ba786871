-- The provider that each server of a night is counted for: by the plan or by an on-demand call.

CREATE OR REPLACE VIEW called_endpoint AS
SELECT planned_call.night, planned_call.endpoint_id, planned_call.provider, planned_call.provider_source,
       planned_call.mail_sets
FROM planned_call
UNION ALL
SELECT asked_call.night, asked_call.endpoint_id, asked_call.provider, asked_call.provider_source, NULL::bigint[]
FROM asked_call
WHERE NOT EXISTS (
    SELECT
    FROM planned_call
    WHERE planned_call.night = asked_call.night
      AND planned_call.endpoint_id = asked_call.endpoint_id
);

COMMENT ON VIEW called_endpoint IS 'The servers of a night that have, or may have, permits: those of its plan and those of on-demand calls.';
COMMENT ON COLUMN called_endpoint.night IS 'The night.';
COMMENT ON COLUMN called_endpoint.endpoint_id IS 'The endpoint.';
COMMENT ON COLUMN called_endpoint.provider IS 'The provider that its calls are counted for.';
COMMENT ON COLUMN called_endpoint.provider_source IS 'How the provider was decided; it says who is charged with a refusal.';
COMMENT ON COLUMN called_endpoint.mail_sets IS 'As in planned_call; null for on-demand calls.';
