-- V110: facts. What each call showed, never what it means

CREATE TYPE call_phase AS ENUM ('connect', 'banner', 'ehlo', 'starttls', 'handshake', 'after_tls', 'quit');
COMMENT ON TYPE call_phase IS 'The phases of a call, in the order of the dialogue; the column phase of observation and old_version_call. HELO belongs to ehlo.';

CREATE TYPE call_ending AS ENUM (
    'completed', 'replied', 'closed', 'reset', 'timed_out', 'refused', 'no_route', 'too_much', 'not_smtp', 'injected', 'tls_failure',
    'not_callable', 'not_dialled', 'no_family', 'no_route_here', 'local_error', 'broken_off');
COMMENT ON TYPE call_ending IS 'How calls end, as seen on the wire; the column ending of observation and old_version_call.';

CREATE TABLE call_settings (
    call_settings_id integer GENERATED ALWAYS AS IDENTITY,
    question         text    NOT NULL,
    ehlo_name        text    NOT NULL,
    offer_id         text,
    source_address   inet,

    CONSTRAINT call_settings_pkey PRIMARY KEY (call_settings_id),
    CONSTRAINT call_settings_once UNIQUE NULLS NOT DISTINCT (question, ehlo_name, offer_id, source_address),
    CONSTRAINT call_settings_question_known CHECK (
        question IN ('standard', 'small_hello', 'anonymous_too', 'no_server_name', 'one_starttls', 'ehlo_only')
    )
);

COMMENT ON TABLE call_settings IS 'What calls were made with: each combination once.';
COMMENT ON COLUMN call_settings.call_settings_id IS 'Its number.';
COMMENT ON COLUMN call_settings.question IS 'What was asked; see permit.question. The old-version campaign has its own table, old_version_call.';
COMMENT ON COLUMN call_settings.ehlo_name IS 'What we said in EHLO.';
COMMENT ON COLUMN call_settings.offer_id IS 'Which of our documented ClientHello offers was made (datasets/offers); null if the call did not come to a handshake.';
COMMENT ON COLUMN call_settings.source_address IS 'Our address; null if no connection was made.';

-- Wide columns first, so that no octet is lost to alignment. What most calls lack costs one bit.
CREATE TABLE observation (
    started_at                   timestamptz NOT NULL,
    endpoint_id                  integer     NOT NULL,
    night                        date        NOT NULL,
    call_settings_id             integer     NOT NULL,
    reply_judgement_id           integer     NOT NULL,
    phase                        call_phase  NOT NULL,
    ending                       call_ending NOT NULL,
    received                     integer     NOT NULL,
    connect_us                   integer,
    banner_us                    integer,
    ehlo_us                      integer,
    starttls_us                  integer,
    handshake_us                 integer,
    after_tls_us                 integer,
    quit_us                      integer,
    dialogue_id                  integer,
    tls_profile_id               integer,
    ocsp_response_id             integer,
    attempt                      smallint    NOT NULL,
    is_clean_look                boolean     NOT NULL,
    advertised                   boolean     NOT NULL,
    tls_unfinished               boolean     NOT NULL,
    client_certificate_requested boolean,
    alert_received               boolean,
    alert_code                   smallint,
    tls_failure                  text,
    broke_after                  text,
    alert_name                   text,
    detail                       text,

    CONSTRAINT observation_pkey PRIMARY KEY (endpoint_id, night, attempt),
    CONSTRAINT observation_attempt_positive CHECK (attempt > 0),
    CONSTRAINT observation_clean_look_ends_at_ehlo CHECK (NOT is_clean_look OR phase = 'ehlo' AND ending = 'replied'),
    CONSTRAINT observation_tls_failure_known CHECK (
        tls_failure IN ('alert', 'closed', 'timeout', 'version', 'cpu', 'bytes', 'key_too_large', 'too_many_certificates')
    ),
    CONSTRAINT observation_broke_after_known CHECK (
        broke_after IN ('client_hello', 'hello_retry_request', 'server_hello', 'encrypted_extensions', 'certificate',
                        'certificate_status', 'server_key_exchange', 'certificate_request', 'server_hello_done',
                        'certificate_verify', 'new_session_ticket', 'finished', 'other')
    )
) PARTITION BY RANGE (night);

-- Rows come night after night, so a night is a range of blocks: some kilobytes a month.
CREATE INDEX observation_by_night ON observation USING brin (night) WITH (pages_per_range = 32, autosummarize = on);

-- A few in a hundred calls each.
CREATE INDEX observation_clean ON observation (night, endpoint_id) WHERE is_clean_look;

CREATE INDEX observation_broken ON observation (endpoint_id, night) WHERE tls_failure IS NOT NULL;

-- One entry for all the calls of a month that showed the same.
CREATE INDEX observation_by_profile ON observation (tls_profile_id) WHERE tls_profile_id IS NOT NULL;

COMMENT ON TABLE observation IS 'What one call showed: facts only. Kept for ever; what was said stands in dialogue, and for a season in raw_reply. For judgements see server_verdict.';
COMMENT ON COLUMN observation.started_at IS 'When the first packet was sent; if none was, when that was decided.';
COMMENT ON COLUMN observation.endpoint_id IS 'Who was called.';
COMMENT ON COLUMN observation.night IS 'The night in whose ledger the call stands.';
COMMENT ON COLUMN observation.call_settings_id IS 'What the call was made with, and what it asked.';
COMMENT ON COLUMN observation.reply_judgement_id IS 'What was decided when it ended: class, rule and reply code.';
COMMENT ON COLUMN observation.phase IS 'The phase in which the call ended; quit only if it completed.';
COMMENT ON COLUMN observation.ending IS 'How it ended, as seen on the wire. Ours are: not_callable (the address must not be called), no_family (our source address is of the other IP version), no_route_here (this machine has no way to the address), local_error (this machine can call nobody, or the result could not be stored as it was), broken_off (a bug of ours, or the end of the run).';
COMMENT ON COLUMN observation.received IS 'Octets received before TLS.';
COMMENT ON COLUMN observation.connect_us IS 'Microseconds until connected; null if the phase was not entered. 2147483647 (35 min 47 s) stands for that or more: our process stood still, and detail says for how long. So it is in every column of a phase.';
COMMENT ON COLUMN observation.banner_us IS 'Microseconds until the complete greeting.';
COMMENT ON COLUMN observation.ehlo_us IS 'Microseconds for EHLO, and HELO where it followed.';
COMMENT ON COLUMN observation.starttls_us IS 'Microseconds for STARTTLS.';
COMMENT ON COLUMN observation.handshake_us IS 'Microseconds for the TLS handshake.';
COMMENT ON COLUMN observation.after_tls_us IS 'Microseconds for EHLO under TLS.';
COMMENT ON COLUMN observation.quit_us IS 'Microseconds for QUIT.';
COMMENT ON COLUMN observation.dialogue_id IS 'What was said between greeting and QUIT; null if no reply came whole there.';
COMMENT ON COLUMN observation.tls_profile_id IS 'What the handshake showed; null if it did not come to a version. See tls_unfinished.';
COMMENT ON COLUMN observation.ocsp_response_id IS 'The OCSP response stapled to the certificate; null if there was none.';
COMMENT ON COLUMN observation.attempt IS 'As in its permit: 1 for the night''s first permit for this server.';
COMMENT ON COLUMN observation.is_clean_look IS 'Whether it showed, without a flaw, that STARTTLS is not offered (docs/outcomes.md, section 5): class no_starttls, and the call ended with our QUIT after EHLO.';
COMMENT ON COLUMN observation.advertised IS 'Whether EHLO advertised STARTTLS.';
COMMENT ON COLUMN observation.tls_unfinished IS 'Whether tls_profile_id is what a handshake had shown that then broke.';
COMMENT ON COLUMN observation.client_certificate_requested IS 'In a failure: whether the server had asked for a client certificate.';
COMMENT ON COLUMN observation.alert_received IS 'Whether the peer sent the fatal alert (else we did); null without alert.';
COMMENT ON COLUMN observation.alert_code IS 'TLS alert description, 0 to 255.';
COMMENT ON COLUMN observation.tls_failure IS 'Why the handshake, or the session right after it, broke.';
COMMENT ON COLUMN observation.broke_after IS 'Where it broke: the last handshake message that had passed, client_hello if nothing came back; other if it has no place in a handshake with us.';
COMMENT ON COLUMN observation.alert_name IS 'IANA name of the alert.';
COMMENT ON COLUMN observation.detail IS 'Our own words on an ending that needs some, or on a phase that took longer than its column holds; never a peer''s. Of a local_error it begins "could not be stored as it was" where the call was made and its result could not be stored.';
