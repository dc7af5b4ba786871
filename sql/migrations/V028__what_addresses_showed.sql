-- V028: what outlives the nights of an address: its last handshake, its clean looks without STARTTLS, losses of STARTTLS, and
-- refusals of STARTTLS for want of a certificate. One row per address, or per loss: none of it grows with the nights.

CREATE TABLE address_starttls (
    address           inet NOT NULL,
    last_handshake    timestamptz,
    handshake_night   date,
    first_clean       timestamptz,
    last_clean        timestamptz,
    clean_since       timestamptz,
    clean_since_night date,
    last_overturned   timestamptz,

    CONSTRAINT address_starttls_pkey PRIMARY KEY (address),
    CONSTRAINT address_starttls_shows_something CHECK (last_handshake IS NOT NULL OR first_clean IS NOT NULL),
    CONSTRAINT address_starttls_clean_is_whole CHECK ((first_clean IS NULL) = (last_clean IS NULL)),
    CONSTRAINT address_starttls_clean_goes_forward CHECK (first_clean <= last_clean AND clean_since <= last_clean),
    CONSTRAINT address_starttls_nights_are_whole CHECK (
        (last_handshake IS NULL) = (handshake_night IS NULL) AND (clean_since IS NULL) = (clean_since_night IS NULL)
    ),
    CONSTRAINT address_starttls_clean_since_handshake CHECK (clean_since_night > handshake_night),
    CONSTRAINT address_starttls_overturned_by_handshake CHECK (
        last_overturned IS NULL OR coalesce(last_overturned < last_handshake, false)
    )
) WITH (fillfactor = 70);

COMMENT ON TABLE address_starttls IS 'What the calls of all nights have shown of an address, by any of its names: the evidence for and against "no STARTTLS" that outlives a night. Kept for ever; on-demand calls count.';
COMMENT ON COLUMN address_starttls.address IS 'The address.';
COMMENT ON COLUMN address_starttls.last_handshake IS 'Start of the last call whose TLS handshake finished; null if none ever did.';
COMMENT ON COLUMN address_starttls.handshake_night IS 'The night in whose ledger it stands.';
COMMENT ON COLUMN address_starttls.first_clean IS 'Start of the first call that was a clean look without STARTTLS (docs/outcomes.md, section 5); null if none was.';
COMMENT ON COLUMN address_starttls.last_clean IS 'Start of the last such call.';
COMMENT ON COLUMN address_starttls.clean_since IS 'Start of the first such call on a night after handshake_night; null if there is none.';
COMMENT ON COLUMN address_starttls.clean_since_night IS 'The night in whose ledger it stands.';
COMMENT ON COLUMN address_starttls.last_overturned IS 'Start of the last such call that a handshake followed within 90 days, as in a farm of servers of which only some have STARTTLS; null if none did.';

CREATE TABLE starttls_loss (
    address         inet        NOT NULL,
    last_handshake  timestamptz NOT NULL,
    first_seen      timestamptz NOT NULL,
    suspected_night date,
    ended_night     date,
    is_lost         boolean,

    CONSTRAINT starttls_loss_pkey PRIMARY KEY (address, last_handshake),
    CONSTRAINT starttls_loss_ends_whole CHECK ((ended_night IS NULL) = (is_lost IS NULL)),
    CONSTRAINT starttls_loss_is_suspected_or_lost CHECK (suspected_night IS NOT NULL OR is_lost),
    CONSTRAINT starttls_loss_goes_forward CHECK (ended_night >= suspected_night)
);

CREATE INDEX starttls_loss_open ON starttls_loss (address) WHERE ended_night IS NULL;

COMMENT ON TABLE starttls_loss IS 'Changes of an address from STARTTLS to none: suspected on the second night without it, then lost when "no STARTTLS" is confirmed, or withdrawn at the next handshake. In no file yet.';
COMMENT ON COLUMN starttls_loss.address IS 'The address.';
COMMENT ON COLUMN starttls_loss.last_handshake IS 'Start of the last call whose handshake finished before.';
COMMENT ON COLUMN starttls_loss.first_seen IS 'Start of the first clean look without STARTTLS after it.';
COMMENT ON COLUMN starttls_loss.suspected_night IS 'The second night with such a look; null if the loss was confirmed before.';
COMMENT ON COLUMN starttls_loss.ended_night IS 'The night that confirmed or withdrew it; null while it is open.';
COMMENT ON COLUMN starttls_loss.is_lost IS 'True: confirmed (starttls_lost). False: a handshake followed (starttls_loss_withdrawn). Null while it is open (starttls_loss_suspected).';

CREATE TABLE starttls_refusal (
    address     inet NOT NULL,
    first_night date NOT NULL,
    last_night  date NOT NULL,

    CONSTRAINT starttls_refusal_pkey PRIMARY KEY (address),
    CONSTRAINT starttls_refusal_goes_forward CHECK (last_night >= first_night)
);

COMMENT ON TABLE starttls_refusal IS 'Addresses that advertise STARTTLS and refuse it for want of a certificate (tls_unavailable): it is said to them once in seven nights.';
COMMENT ON COLUMN starttls_refusal.address IS 'The address.';
COMMENT ON COLUMN starttls_refusal.first_night IS 'The night that confirmed it.';
COMMENT ON COLUMN starttls_refusal.last_night IS 'The last night on which STARTTLS was said there, and refused.';

ALTER TABLE planned_call
    ADD COLUMN starttls_refused_on    date,
    ADD COLUMN starttls_within_nights integer,
    ADD CONSTRAINT planned_call_starttls_withheld_where_refused CHECK (
        starttls_within_nights IS NULL OR (starttls_within_nights >= 1 AND starttls_refused_on IS NOT NULL)
    );

COMMENT ON COLUMN planned_call.starttls_refused_on IS 'The last night before this one on which STARTTLS was said at its address and refused for want of a certificate; null unless that was confirmed and still stands.';
COMMENT ON COLUMN planned_call.starttls_within_nights IS 'STARTTLS is said at its address once within so many nights, and not by this call tonight; null if it may be said.';

ALTER TABLE permit
    DROP CONSTRAINT permit_question_known,
    ADD CONSTRAINT permit_question_known CHECK (
        question IN ('standard', 'small_hello', 'one_starttls', 'ehlo_only',
                     'tls_1_0', 'tls_1_1', 'triple_des', 'rc4', 'static_rsa', 'anonymous', 'small_dh')
    );

COMMENT ON COLUMN permit.question IS 'What the call asks: standard, small_hello (the same without the hybrid group), one_starttls (the same, and no second look at a refused STARTTLS), ehlo_only (what EHLO says, without STARTTLS), or a question of the old-version campaign.';

-- From the nights so far. Each look is compared with the next handshake at its address.
WITH look AS MATERIALIZED (
    SELECT endpoint.address, observation.night, observation.started_at,
           observation.tls_profile_id IS NOT NULL AS is_handshake
    FROM census.observation
    JOIN census.permit ON permit.permit_id = observation.permit_id
    JOIN census.endpoint ON endpoint.endpoint_id = observation.endpoint_id
    WHERE permit.signal <> 'not_dialled'
      AND (observation.tls_profile_id IS NOT NULL
           OR permit.signal = 'no_starttls' AND observation.phase = 'ehlo' AND observation.ending = 'replied')
),

followed AS (
    SELECT address, night, started_at, is_handshake,
           max(night) FILTER (WHERE is_handshake) OVER (PARTITION BY address) AS handshake_night,
           min(started_at) FILTER (WHERE is_handshake)
               OVER (PARTITION BY address ORDER BY started_at DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
               AS next_handshake
    FROM look
)

INSERT INTO census.address_starttls (
    address, last_handshake, handshake_night, first_clean, last_clean, clean_since, clean_since_night, last_overturned)
SELECT address,
       max(started_at) FILTER (WHERE is_handshake),
       max(handshake_night),
       min(started_at) FILTER (WHERE NOT is_handshake),
       max(started_at) FILTER (WHERE NOT is_handshake),
       min(started_at) FILTER (WHERE NOT is_handshake AND (handshake_night IS NULL OR night > handshake_night)),
       min(night) FILTER (WHERE NOT is_handshake AND (handshake_night IS NULL OR night > handshake_night)),
       max(started_at) FILTER (WHERE NOT is_handshake AND next_handshake > started_at
                                     AND next_handshake <= started_at + interval '90 days')
FROM followed
GROUP BY address;

-- What the last month has confirmed, where nothing later came of it.
INSERT INTO census.starttls_refusal (address, first_night, last_night)
SELECT endpoint.address, min(server_verdict.night), max(server_verdict.night)
FROM census.server_verdict
JOIN census.endpoint ON endpoint.endpoint_id = server_verdict.endpoint_id
LEFT JOIN census.address_starttls ON address_starttls.address = endpoint.address
WHERE server_verdict.outcome = 'tls_unavailable'
  AND server_verdict.night >= (SELECT max(night.night) - 30 FROM census.night)
  AND (address_starttls.last_handshake IS NULL OR address_starttls.last_handshake < server_verdict.observed_at)
GROUP BY endpoint.address;
