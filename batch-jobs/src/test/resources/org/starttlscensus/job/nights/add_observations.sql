-- What those calls showed. Replies only where the night is to be judged: of nights that went by nobody reads them.
WITH call AS MATERIALIZED (
    SELECT permit.permit_id, permit.endpoint_id, permit.attempt, permit.started_at, permit.reception,
           CASE permit.reception WHEN 'blocked' THEN 'banner' WHEN 'greylisted' THEN 'banner' WHEN 'unreachable' THEN 'connect'
               WHEN 'handshake_failed' THEN 'handshake' ELSE CASE permit.signal WHEN 'no_starttls' THEN 'ehlo' ELSE 'quit' END END AS phase
    FROM permit
    WHERE permit.night = :night
),

greeted AS (
    INSERT INTO raw_reply (night, permit_id, banner, quit)
    SELECT :night, permit_id,
           convert_to(CASE reception
               WHEN 'blocked' THEN E'554 5.7.1 Service unavailable; client host blocked using a blocklist\r\n'
               WHEN 'greylisted' THEN E'450 4.7.1 Greylisted, please try again later\r\n'
               ELSE E'220 mx.example.net ESMTP ready\r\n' END, 'UTF8'),
           CASE WHEN phase = 'quit' THEN convert_to(E'221 2.0.0 Bye\r\n', 'UTF8') END
    FROM call
    WHERE :judged AND phase <> 'connect'
),

said AS (
    SELECT phase,
           convert_to(
               E'250-mx.example.net\r\n250-PIPELINING\r\n250-SIZE 52428800\r\n250-8BITMIME\r\n'
               || CASE WHEN phase = 'ehlo' THEN '' ELSE E'250-STARTTLS\r\n' END || E'250 SMTPUTF8\r\n', 'UTF8') AS ehlo,
           CASE WHEN phase <> 'ehlo' THEN convert_to(E'220 2.0.0 Ready to start TLS\r\n', 'UTF8') END AS starttls,
           CASE WHEN phase = 'quit' THEN convert_to(E'250-mx.example.net\r\n250-SIZE 52428800\r\n250 8BITMIME\r\n', 'UTF8') END
               AS after_tls
    FROM (VALUES ('ehlo'), ('handshake'), ('quit')) AS given (phase)
    WHERE :judged
),

added AS (
    INSERT INTO dialogue (sha256, ehlo, starttls, after_tls)
    SELECT dialogue_sha256(ehlo, NULL, starttls, after_tls), ehlo, starttls, after_tls
    FROM said
    ON CONFLICT (sha256) DO UPDATE SET sha256 = excluded.sha256
    RETURNING dialogue_id, sha256
)

INSERT INTO observation (night, permit_id, endpoint_id, attempt, ehlo_name, started_at, phase, ending, connect_us, banner_us, ehlo_us,
                         handshake_us, dialogue_id, advertised, received, tls_profile_id, tls_failure,
                         alert_received, alert_code, alert_name, client_certificate_requested, offer_id, broke_after)
SELECT :night, call.permit_id, call.endpoint_id, call.attempt, 'census.test', call.started_at, call.phase,
       CASE call.phase WHEN 'quit' THEN 'completed' WHEN 'handshake' THEN 'tls_failure' WHEN 'connect' THEN 'timed_out' ELSE 'replied' END,
       20000, CASE WHEN call.phase <> 'connect' THEN 30000 END, CASE WHEN call.phase NOT IN ('connect', 'banner') THEN 30000 END,
       CASE WHEN call.phase IN ('handshake', 'quit') THEN 90000 END,
       added.dialogue_id,
       call.phase IN ('handshake', 'quit'),
       CASE WHEN call.phase = 'connect' THEN 0 ELSE 200 END,
       CASE WHEN call.phase = 'quit' THEN 1 + floor(draw(call.endpoint_id, 40) * greatest(:servers / 2, 1))::bigint END,
       CASE WHEN call.phase = 'handshake' THEN 'alert' END,
       CASE WHEN call.phase = 'handshake' THEN true END, CASE WHEN call.phase = 'handshake' THEN 40 END,
       CASE WHEN call.phase = 'handshake' THEN 'handshake_failure' END, CASE WHEN call.phase = 'handshake' THEN false END,
       CASE WHEN call.phase IN ('handshake', 'quit') THEN 'bench' END, CASE WHEN call.phase = 'handshake' THEN 'client_hello' END
FROM call
LEFT JOIN said ON said.phase = call.phase
LEFT JOIN added ON added.sha256 = dialogue_sha256(said.ehlo, NULL, said.starttls, said.after_tls)
