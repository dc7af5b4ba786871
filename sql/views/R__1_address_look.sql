-- What single calls showed of their address, for and against "no STARTTLS". Calls of the plan and on-demand calls alike.

CREATE OR REPLACE VIEW address_look AS
SELECT observation.night, observation.endpoint_id, endpoint.address, observation.started_at,
       observation.tls_profile_id IS NOT NULL AND NOT observation.tls_unfinished AS is_handshake,
       permit.signal = 'no_starttls' AND observation.phase = 'ehlo' AND observation.ending = 'replied' AS is_clean
FROM observation
JOIN permit ON permit.permit_id = observation.permit_id AND permit.night = observation.night
JOIN endpoint ON endpoint.endpoint_id = observation.endpoint_id
WHERE permit.signal <> 'not_dialled';

COMMENT ON VIEW address_look IS 'The calls that were made, by address: whether a handshake finished, and whether it was a clean look without STARTTLS (docs/outcomes.md, section 5).';
COMMENT ON COLUMN address_look.night IS 'The night in whose ledger the call stands.';
COMMENT ON COLUMN address_look.endpoint_id IS 'Who was called.';
COMMENT ON COLUMN address_look.address IS 'At which address.';
COMMENT ON COLUMN address_look.started_at IS 'When the call started.';
COMMENT ON COLUMN address_look.is_handshake IS 'Whether the TLS handshake finished, whatever followed it.';
COMMENT ON COLUMN address_look.is_clean IS 'Whether it showed, without a flaw, that STARTTLS is not offered.';
