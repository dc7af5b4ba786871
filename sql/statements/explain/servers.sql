-- The servers of a mail host: those of the night's plan (or its verdicts, where the plan was pruned), those of on-demand calls, and its other addresses.
SELECT endpoint.endpoint_id, host(endpoint.address) AS address,
       planned_call.provider, planned_call.provider_source, planned_call.is_primary, planned_call.is_implicit,
       planned_call.not_attempted, planned_call.detail AS planned_detail, donor_host.name AS donor,
       server_verdict.outcome, server_verdict.starttls, server_verdict.usable, server_verdict.reply_code,
       server_verdict.enhanced_code, server_verdict.chain, server_verdict.weak_key, server_verdict.weak_signature,
       server_verdict.name_match, server_verdict.revoked, server_verdict.detail, server_verdict.flags,
       server_verdict.method_version
FROM endpoint
LEFT JOIN planned_call ON planned_call.night = :night AND planned_call.endpoint_id = endpoint.endpoint_id
LEFT JOIN endpoint AS donor_endpoint ON donor_endpoint.endpoint_id = planned_call.donor_endpoint_id
LEFT JOIN mail_host AS donor_host ON donor_host.mail_host_id = donor_endpoint.mail_host_id
LEFT JOIN server_verdict ON server_verdict.night = :night AND server_verdict.endpoint_id = endpoint.endpoint_id
WHERE endpoint.mail_host_id = :mail_host_id
  AND (planned_call.endpoint_id IS NOT NULL OR server_verdict.endpoint_id IS NOT NULL OR EXISTS (
      SELECT
      FROM asked_call
      WHERE asked_call.night = :night
        AND asked_call.endpoint_id = endpoint.endpoint_id
  ) OR EXISTS (
      SELECT
      FROM host_addresses
      WHERE host_addresses.mail_host_id = endpoint.mail_host_id
        AND host_addresses.first_night <= :night
        AND (host_addresses.last_night IS NULL OR host_addresses.last_night >= :night)
        AND endpoint.address = ANY (host_addresses.addresses)
  ))
ORDER BY family(endpoint.address), endpoint.address
