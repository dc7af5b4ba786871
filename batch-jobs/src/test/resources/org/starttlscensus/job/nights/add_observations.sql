-- What those calls showed. Replies only where the night is to be judged: of nights that went by nobody reads them.
WITH call AS MATERIALIZED (
    SELECT made.permit_id, made.endpoint_id, made.attempt, made.started_at, made.reception, made.mail_host_id, made.name, made.phase,
           CASE WHEN :judged AND made.phase NOT IN ('connect', 'banner')
               THEN convert_to(reply_to_ehlo(made.mail_host_id, made.name, made.phase <> 'ehlo'), 'UTF8') END AS ehlo,
           CASE WHEN :judged AND made.phase IN ('handshake', 'quit') THEN convert_to(E'220 2.0.0 Ready to start TLS\r\n', 'UTF8') END
               AS starttls,
           CASE WHEN :judged AND made.phase = 'quit' THEN convert_to(reply_to_ehlo(made.mail_host_id, made.name, false), 'UTF8') END
               AS after_tls
    FROM (
        SELECT permit.permit_id, permit.endpoint_id, permit.attempt, permit.started_at, permit.reception, mail_host.mail_host_id,
               mail_host.name,
               CASE permit.reception WHEN 'blocked' THEN 'banner' WHEN 'greylisted' THEN 'banner' WHEN 'unreachable' THEN 'connect'
                   WHEN 'handshake_failed' THEN 'handshake' ELSE CASE permit.signal WHEN 'no_starttls' THEN 'ehlo' ELSE 'quit' END END
                   AS phase
        FROM permit
        JOIN endpoint USING (endpoint_id)
        JOIN mail_host USING (mail_host_id)
        WHERE permit.night = :night
    ) AS made
),

greeted AS (
    INSERT INTO raw_reply (night, permit_id, banner, quit)
    SELECT :night, permit_id,
           convert_to(CASE reception
               WHEN 'blocked' THEN E'554 5.7.1 Service unavailable; client host blocked using a blocklist\r\n'
               WHEN 'greylisted' THEN E'450 4.7.1 Greylisted, please try again later\r\n'
               ELSE greeting(mail_host_id, name, permit_id, started_at) END, 'UTF8'),
           CASE WHEN phase = 'quit' THEN convert_to(reply_to_quit(mail_host_id, name, permit_id), 'UTF8') END
    FROM call
    WHERE :judged AND phase <> 'connect'
),

said AS (
    INSERT INTO dialogue (sha256, ehlo, starttls, after_tls)
    SELECT DISTINCT ON (key) dialogue_sha256(ehlo, NULL, starttls, after_tls) AS key, ehlo, starttls, after_tls
    FROM call
    WHERE ehlo IS NOT NULL
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
       said.dialogue_id,
       call.phase IN ('handshake', 'quit'),
       CASE WHEN call.phase = 'connect' THEN 0 ELSE 200 END,
       CASE WHEN call.phase = 'quit' THEN tls_profile.tls_profile_id END,
       CASE WHEN call.phase = 'handshake' THEN 'alert' END,
       CASE WHEN call.phase = 'handshake' THEN true END, CASE WHEN call.phase = 'handshake' THEN 40 END,
       CASE WHEN call.phase = 'handshake' THEN 'handshake_failure' END, CASE WHEN call.phase = 'handshake' THEN false END,
       CASE WHEN call.phase IN ('handshake', 'quit') THEN 'bench' END, CASE WHEN call.phase = 'handshake' THEN 'client_hello' END
FROM call
LEFT JOIN said ON said.sha256 = dialogue_sha256(call.ehlo, NULL, call.starttls, call.after_tls)
LEFT JOIN tls_profile ON tls_profile.sha256 = shown_by(
    1 + floor(draw(call.endpoint_id, 40) * greatest(:servers / 2, 1))::bigint, :night::date - date '1970-01-01')
