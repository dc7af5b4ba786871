-- What those calls showed. Replies only where the night is to be judged: of nights that went by nobody reads them.
WITH call AS MATERIALIZED (
    SELECT made.permit_id, made.endpoint_id, made.attempt, made.started_at, made.reception, made.signal, made.code, made.mail_host_id,
           made.name, made.phase,
           CASE WHEN :judged AND made.phase NOT IN ('connect', 'banner')
               THEN convert_to(reply_to_ehlo(made.mail_host_id, made.name, made.phase <> 'ehlo'), 'UTF8') END AS ehlo,
           CASE WHEN :judged AND made.phase IN ('handshake', 'quit') THEN convert_to(E'220 2.0.0 Ready to start TLS\r\n', 'UTF8') END
               AS starttls,
           CASE WHEN :judged AND made.phase = 'quit' THEN convert_to(reply_to_ehlo(made.mail_host_id, made.name, false), 'UTF8') END
               AS after_tls
    FROM (
        SELECT permit.permit_id, permit.endpoint_id, permit.attempt, permit.started_at, permit.reception, permit.signal,
               CASE permit.reception WHEN 'blocked' THEN 554 WHEN 'greylisted' THEN 450
                   WHEN 'welcomed' THEN 250 END AS code, mail_host.mail_host_id,
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
    INSERT INTO raw_reply (night, endpoint_id, attempt, banner, quit)
    SELECT :night, endpoint_id, attempt,
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
),

-- The first night makes what all of them share: one machine of ours calls, with one offer.
made_with AS (
    INSERT INTO call_settings (question, ehlo_name, offer_id, source_address)
    SELECT 'standard', 'census.test', offer.id, inet '192.0.2.1'
    FROM (VALUES ('bench'), (NULL)) AS offer (id)
    ON CONFLICT (question, ehlo_name, offer_id, source_address) DO UPDATE SET ehlo_name = excluded.ehlo_name
    RETURNING call_settings_id, offer_id
),

judged AS (
    INSERT INTO reply_judgement (class, rule, reply_code)
    SELECT DISTINCT signal, 'rule', code
    FROM call
    ON CONFLICT (class, rule, reply_code) DO UPDATE SET rule = excluded.rule
    RETURNING reply_judgement_id, class, reply_code
)

INSERT INTO observation (started_at, endpoint_id, night, call_settings_id, reply_judgement_id, phase, ending, received,
                         connect_us, banner_us, ehlo_us, starttls_us, handshake_us, after_tls_us, quit_us, dialogue_id, tls_profile_id,
                         attempt, is_clean_look, advertised, tls_unfinished, client_certificate_requested, alert_received, alert_code,
                         tls_failure, broke_after, alert_name)
SELECT call.started_at, call.endpoint_id, :night, made_with.call_settings_id, judged.reply_judgement_id, call.phase::call_phase,
       (CASE call.phase WHEN 'quit' THEN 'completed' WHEN 'handshake' THEN 'tls_failure' WHEN 'connect' THEN 'timed_out'
            ELSE 'replied' END)::call_ending,
       CASE WHEN call.phase = 'connect' THEN 0 ELSE 200 END,
       20000, CASE WHEN call.phase <> 'connect' THEN 30000 END, CASE WHEN call.phase NOT IN ('connect', 'banner') THEN 30000 END,
       CASE WHEN call.phase IN ('handshake', 'quit') THEN 25000 END, CASE WHEN call.phase IN ('handshake', 'quit') THEN 90000 END,
       CASE WHEN call.phase = 'quit' THEN 30000 END, CASE WHEN call.phase IN ('ehlo', 'quit') THEN 20000 END,
       said.dialogue_id,
       CASE WHEN call.phase = 'quit' THEN tls_profile.tls_profile_id END,
       call.attempt, call.phase = 'ehlo', call.phase IN ('handshake', 'quit'), false,
       CASE WHEN call.phase = 'handshake' THEN false END, CASE WHEN call.phase = 'handshake' THEN true END,
       CASE WHEN call.phase = 'handshake' THEN 40 END, CASE WHEN call.phase = 'handshake' THEN 'alert' END,
       CASE WHEN call.phase = 'handshake' THEN 'client_hello' END, CASE WHEN call.phase = 'handshake' THEN 'handshake_failure' END
FROM call
JOIN made_with ON made_with.offer_id IS NOT DISTINCT FROM CASE WHEN call.phase IN ('handshake', 'quit') THEN 'bench' END
JOIN judged ON judged.class = call.signal AND judged.reply_code IS NOT DISTINCT FROM call.code
LEFT JOIN said ON said.sha256 = dialogue_sha256(call.ehlo, NULL, call.starttls, call.after_tls)
LEFT JOIN tls_profile ON tls_profile.sha256 = shown_by(
    1 + floor(draw(call.endpoint_id, 40) * greatest(:servers / 2, 1))::bigint, :night::date - date '1970-01-01')
ORDER BY call.started_at
