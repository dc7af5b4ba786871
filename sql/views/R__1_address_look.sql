-- What single calls showed of their address, for and against "no STARTTLS". Calls of the plan and on-demand calls alike.

CREATE OR REPLACE VIEW address_look AS
SELECT observation.night, endpoint.endpoint_id, endpoint.address, observation.started_at,
       observation.tls_profile_id IS NOT NULL AND NOT observation.tls_unfinished AS is_handshake,
       observation.is_clean_look AS is_clean
FROM observation
JOIN endpoint ON endpoint.endpoint_id = observation.endpoint_id;

COMMENT ON VIEW address_look IS 'The calls that were made, by address: whether a handshake finished, and whether it was a clean look without STARTTLS (docs/outcomes.md, section 5).';
COMMENT ON COLUMN address_look.night IS 'The night in whose ledger the call stands.';
COMMENT ON COLUMN address_look.endpoint_id IS 'Who was called.';
COMMENT ON COLUMN address_look.address IS 'At which address.';
COMMENT ON COLUMN address_look.started_at IS 'When the call started.';
COMMENT ON COLUMN address_look.is_handshake IS 'Whether the TLS handshake finished, whatever followed it.';
COMMENT ON COLUMN address_look.is_clean IS 'Whether it showed, without a flaw, that STARTTLS is not offered.';

-- Every contact of all nights, for ever: permits are dropped with their months, and these are not.
CREATE OR REPLACE VIEW contact AS
SELECT observation.endpoint_id, observation.night, observation.attempt, observation.started_at,
       observation.ending NOT IN ('not_callable', 'no_family') AS is_dialled,
       observation.is_clean_look, observation.started_at AS begun_by
FROM observation
UNION ALL
SELECT old_version_call.endpoint_id, old_version_call.night, old_version_call.attempt,
       old_version_call.started_at, old_version_call.ending NOT IN ('not_callable', 'no_family'), false,
       old_version_call.started_at
FROM old_version_call
UNION ALL
SELECT abandoned_call.endpoint_id, abandoned_call.night, abandoned_call.attempt, NULL, true, false,
       abandoned_call.dial_before
FROM abandoned_call
WHERE NOT EXISTS (
    SELECT
    FROM observation
    WHERE observation.endpoint_id = abandoned_call.endpoint_id
      AND observation.night = abandoned_call.night
      AND observation.attempt = abandoned_call.attempt
)
  AND NOT EXISTS (
    SELECT
    FROM old_version_call
    WHERE old_version_call.endpoint_id = abandoned_call.endpoint_id
      AND old_version_call.night = abandoned_call.night
      AND old_version_call.attempt = abandoned_call.attempt
);

COMMENT ON VIEW contact IS 'The calls of all nights, also those of the old-version campaign, and those of which nothing is known because their process died. Kept for ever.';
COMMENT ON COLUMN contact.endpoint_id IS 'Who was called.';
COMMENT ON COLUMN contact.night IS 'The night in whose ledger the call stands.';
COMMENT ON COLUMN contact.attempt IS 'As in its permit.';
COMMENT ON COLUMN contact.started_at IS 'When the call started; null if its process died.';
COMMENT ON COLUMN contact.is_dialled IS 'Whether a packet was sent, or may have been.';
COMMENT ON COLUMN contact.is_clean_look IS 'Whether it showed, without a flaw, that STARTTLS is not offered (docs/outcomes.md, section 5).';
COMMENT ON COLUMN contact.begun_by IS 'When it had begun at the latest: its start, or when its process would have begun it.';
