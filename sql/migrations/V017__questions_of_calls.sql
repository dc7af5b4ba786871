-- V017: a call asks a question, which decides what it offers; and the campaign that asks for what nobody should accept any more.

ALTER TABLE permit
    ADD COLUMN question       text NOT NULL DEFAULT 'standard',
    ADD COLUMN retry_question text,
    ADD CONSTRAINT permit_question_known CHECK (
        question IN ('standard', 'small_hello', 'tls_1_0', 'tls_1_1', 'triple_des', 'rc4', 'static_rsa', 'anonymous', 'small_dh')
    );

COMMENT ON COLUMN permit.question IS 'What the call asks: standard, small_hello (the same without the hybrid group), or a question of the old-version campaign.';
COMMENT ON COLUMN permit.retry_question IS 'What the next attempt asks; null if there is none, or it asks the standard question.';

ALTER TABLE planned_call
    ADD COLUMN old_version_question text,
    ADD CONSTRAINT planned_call_old_version_question_known CHECK (
        old_version_question IN ('tls_1_0', 'tls_1_1', 'triple_des', 'rc4', 'static_rsa', 'anonymous', 'small_dh')
    );

COMMENT ON COLUMN planned_call.old_version_question IS 'What the old-version campaign asks this server tonight, in a call of its own after a handshake that finished; null if it is not in tonight''s sample.';

CREATE TABLE old_version_call (
    night              date        NOT NULL,
    permit_id          bigint      NOT NULL,
    endpoint_id        bigint      NOT NULL,
    question           text        NOT NULL,
    offer_id           text,
    started_at         timestamptz NOT NULL,
    phase              text        NOT NULL,
    ending             text        NOT NULL,
    handshake_us       integer,
    tls_version        text,
    cipher_suite       text,
    key_exchange_group text,
    tls_failure        text,
    broke_after        text,
    alert_received     boolean,
    alert_code         smallint,
    alert_name         text,

    CONSTRAINT old_version_call_pkey PRIMARY KEY (night, permit_id),
    CONSTRAINT old_version_call_question_known CHECK (
        question IN ('tls_1_0', 'tls_1_1', 'triple_des', 'rc4', 'static_rsa', 'anonymous', 'small_dh')
    )
);

CREATE INDEX old_version_call_by_endpoint ON old_version_call (night, endpoint_id);

COMMENT ON TABLE old_version_call IS 'What one call of the old-version campaign showed: facts only. Its answers enter no verdict about a server; see pub.old_version_answer.';
COMMENT ON COLUMN old_version_call.night IS 'The night.';
COMMENT ON COLUMN old_version_call.permit_id IS 'The permit of the call: the same ledger, and the same totals, as for every other call.';
COMMENT ON COLUMN old_version_call.endpoint_id IS 'Who was called.';
COMMENT ON COLUMN old_version_call.question IS 'What was asked.';
COMMENT ON COLUMN old_version_call.offer_id IS 'Which documented ClientHello was sent; null if it did not come to that.';
COMMENT ON COLUMN old_version_call.started_at IS 'When the first packet was sent.';
COMMENT ON COLUMN old_version_call.phase IS 'The phase in which the call ended; quit only if it completed.';
COMMENT ON COLUMN old_version_call.ending IS 'How it ended, as seen on the wire.';
COMMENT ON COLUMN old_version_call.handshake_us IS 'Microseconds for the handshake; null if it did not come to one.';
COMMENT ON COLUMN old_version_call.tls_version IS 'Version negotiated; null unless the handshake finished.';
COMMENT ON COLUMN old_version_call.cipher_suite IS 'Cipher suite negotiated, by its IANA name.';
COMMENT ON COLUMN old_version_call.key_exchange_group IS 'Key exchange group, by its IANA name, or dh-<bits> for one that the server spelled out.';
COMMENT ON COLUMN old_version_call.tls_failure IS 'Why the handshake broke.';
COMMENT ON COLUMN old_version_call.broke_after IS 'The last handshake message that had passed; client_hello if nothing came back.';
COMMENT ON COLUMN old_version_call.alert_received IS 'Whether the server sent the fatal alert (else we did); null without alert.';
COMMENT ON COLUMN old_version_call.alert_code IS 'TLS alert description.';
COMMENT ON COLUMN old_version_call.alert_name IS 'IANA name of the alert.';
