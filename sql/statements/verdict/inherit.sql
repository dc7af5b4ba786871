-- Names that were not sampled tonight inherit from the donor on their address what does not depend on the name: whether
-- STARTTLS is offered. detail is the donor's outcome.
INSERT INTO assessed_server (night, endpoint_id, outcome, starttls, attempts, inherited_from, detail, flags,
                            method_version)
SELECT planned_call.night, planned_call.endpoint_id, 'not_attempted_inherited', donor.starttls, 0, mail_host.name,
       donor.outcome, '{}', donor.method_version
FROM planned_call
JOIN assessed_server AS donor
    ON donor.night = planned_call.night AND donor.endpoint_id = planned_call.donor_endpoint_id
JOIN endpoint ON endpoint.endpoint_id = donor.endpoint_id
JOIN mail_host USING (mail_host_id)
WHERE planned_call.night = :night
  AND planned_call.not_attempted = 'inherited'
ON CONFLICT (night, endpoint_id) DO UPDATE
SET outcome = excluded.outcome, starttls = excluded.starttls, usable = NULL, inherited_from = excluded.inherited_from,
    detail = excluded.detail, method_version = excluded.method_version
