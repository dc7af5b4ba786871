SELECT setseed(:seed)::text;

INSERT INTO night (night, method_version, trust_store, opened_at)
SELECT :night::date - back, '1', 'test', :night::date - back + time '22:00'
FROM generate_series(0, 35) AS back;

INSERT INTO mail_host (name)
SELECT 'mx' || number || '.test'
FROM generate_series(1, 40) AS number;

INSERT INTO endpoint (mail_host_id, address)
SELECT mail_host_id, inet '192.0.2.1' + (20 * random())::integer
FROM mail_host;

-- A name's provider may be another one on another night.
INSERT INTO planned_call (night, endpoint_id, position, address, prefix, provider, provider_source,
                          provider_rules, is_primary, is_implicit)
SELECT night, endpoint_id, endpoint_id, address, '192.0.2.0/24',
       'p' || CASE WHEN random() < 0.05 THEN (8 * random())::integer ELSE endpoint_id % 9 END, 'psl', 'test',
       true, false
FROM night
CROSS JOIN endpoint
WHERE random() < 0.95;

-- Somebody asked for the others; a name's provider is decided by its name alone then.
INSERT INTO asked_call (night, endpoint_id, provider, provider_source, asked_at)
SELECT night.night, endpoint.endpoint_id, 'p' || (8 * random())::integer, 'psl', night.opened_at
FROM night
CROSS JOIN endpoint
WHERE NOT EXISTS (
    SELECT
    FROM planned_call
    WHERE planned_call.night = night.night
      AND planned_call.endpoint_id = endpoint.endpoint_id
);

INSERT INTO permit (night, epoch, endpoint_id, attempt, patient, start_at, dial_before, started_at, ended_at, closed_at, signal)
SELECT night, 1, endpoint_id, attempt, false, at, at + interval '10 s',
       CASE WHEN is_dialled THEN at END, CASE WHEN is_dialled THEN at END,
       CASE WHEN signal <> 'open' THEN at END, nullif(signal, 'open')
FROM (
    SELECT night, endpoint_id, attempt, chance, signal,
           night + time '22:00' + interval '480 min' * random()  AS at,
           signal NOT IN ('not_dialled', 'abandoned', 'open')    AS is_dialled
    FROM (
        SELECT night.night, endpoint.endpoint_id, attempt, random() AS chance,
               CASE WHEN random() < 0.93 THEN 'no_starttls'
                    ELSE (ARRAY['ok', 'other', 'greylisted', 'muted', 'blocked_suspected', 'blocked_reputation',
                                'rate_limited', 'not_dialled', 'abandoned', 'open'])[1 + floor(10 * random())::integer]
               END AS signal
        FROM night
        CROSS JOIN endpoint
        CROSS JOIN generate_series(1, 3) AS attempt
    ) AS drawn
) AS call
WHERE chance < CASE WHEN night = :night THEN 0.5 ELSE 0.5 / :quiet END
  AND (night = :night OR signal <> 'open');

INSERT INTO observation (started_at, endpoint_id, night, call_settings_id, reply_judgement_id, phase, ending, received, tls_profile_id,
                         attempt, is_clean_look, advertised, tls_unfinished, tls_failure)
SELECT started_at, endpoint_id, night, 1, 1, phase::call_phase, ending::call_ending, 100, CASE WHEN signal = 'ok' THEN 1 END, attempt,
       signal = 'no_starttls' AND phase = 'ehlo' AND ending = 'replied', false, false, tls_failure
FROM (
    SELECT started_at, endpoint_id, night, attempt, signal, CASE WHEN random() < 0.97 THEN 'ehlo' ELSE 'quit' END AS phase,
           CASE WHEN signal = 'no_starttls' AND random() < 0.97 THEN 'replied' ELSE 'closed' END AS ending,
           CASE WHEN signal <> 'no_starttls' AND random() < 0.3 OR random() < 0.003 THEN 'alert' END AS tls_failure
    FROM permit
    WHERE started_at IS NOT NULL
      AND random() < 0.97
) AS seen;

-- The others were calls of the old-version campaign.
INSERT INTO old_version_call (night, endpoint_id, attempt, reply_judgement_id, question, started_at, phase, ending)
SELECT night, endpoint_id, attempt, 1, 'tls_1_0', started_at, 'handshake', 'closed'
FROM permit
WHERE started_at IS NOT NULL
  AND NOT EXISTS (
    SELECT
    FROM observation
    WHERE observation.night = permit.night
      AND observation.endpoint_id = permit.endpoint_id
      AND observation.attempt = permit.attempt
);

INSERT INTO abandoned_call (endpoint_id, night, attempt, dial_before)
SELECT endpoint_id, night, attempt, dial_before
FROM permit
WHERE signal = 'abandoned';

INSERT INTO assessed_server (night, endpoint_id, outcome, attempts, flags, method_version)
SELECT night, endpoint_id, CASE WHEN EXISTS (
           SELECT
           FROM permit
           WHERE permit.night = planned_call.night
             AND permit.endpoint_id = planned_call.endpoint_id
             AND permit.signal = 'no_starttls'
       ) THEN 'no_starttls_unconfirmed' ELSE 'blocked' END, 1, '{}', '1'
FROM planned_call
WHERE night = :night
