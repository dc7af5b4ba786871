-- V118: the calls of the old-version campaign

CREATE TABLE old_version_call (
    night              date        NOT NULL,
    endpoint_id        integer     NOT NULL,
    question           text        NOT NULL,
    offer_id           text,
    started_at         timestamptz NOT NULL,
    phase              call_phase  NOT NULL,
    ending             call_ending NOT NULL,
    handshake_us       integer,
    tls_version        text,
    cipher_suite       text,
    key_exchange_group text,
    tls_failure        text,
    broke_after        text,
    alert_received     boolean,
    alert_code         smallint,
    alert_name         text,
    attempt            smallint    NOT NULL,
    reply_judgement_id integer     NOT NULL,

    CONSTRAINT old_version_call_pkey PRIMARY KEY (endpoint_id, night, attempt),
    CONSTRAINT old_version_call_question_known CHECK (
        question IN ('tls_1_0', 'tls_1_1', 'triple_des', 'rc4', 'static_rsa', 'anonymous', 'small_dh')
    ),
    CONSTRAINT old_version_call_version_known CHECK (tls_version IN ('TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3')),
    CONSTRAINT old_version_call_tls_failure_known CHECK (
        tls_failure IN ('alert', 'closed', 'timeout', 'version', 'cpu', 'bytes', 'key_too_large', 'too_many_certificates')
    ),
    CONSTRAINT old_version_call_broke_after_known CHECK (
        broke_after IN ('client_hello', 'hello_retry_request', 'server_hello', 'encrypted_extensions', 'certificate',
                        'certificate_status', 'server_key_exchange', 'certificate_request', 'server_hello_done',
                        'certificate_verify', 'new_session_ticket', 'finished', 'other')
    )
);

CREATE INDEX old_version_call_by_endpoint ON old_version_call (night, endpoint_id);

COMMENT ON TABLE old_version_call IS 'What one call of the old-version campaign showed: facts only. Its answers enter no verdict about a server; see pub.old_version_answer.';
COMMENT ON COLUMN old_version_call.night IS 'The night.';
COMMENT ON COLUMN old_version_call.endpoint_id IS 'Who was called.';
COMMENT ON COLUMN old_version_call.question IS 'What was asked.';
COMMENT ON COLUMN old_version_call.offer_id IS 'Which documented ClientHello was sent; null if it did not come to that.';
COMMENT ON COLUMN old_version_call.started_at IS 'When the first packet was sent.';
COMMENT ON COLUMN old_version_call.phase IS 'The phase in which the call ended; quit only if it completed.';
COMMENT ON COLUMN old_version_call.ending IS 'How it ended, as seen on the wire.';
COMMENT ON COLUMN old_version_call.handshake_us IS 'Microseconds for the handshake; null if it did not come to one. 2147483647 (35 min 47 s) stands for that or more: our process stood still.';
COMMENT ON COLUMN old_version_call.tls_version IS 'Version negotiated; null unless the handshake finished.';
COMMENT ON COLUMN old_version_call.cipher_suite IS 'Cipher suite negotiated, by its IANA name.';
COMMENT ON COLUMN old_version_call.key_exchange_group IS 'Key exchange group, by its IANA name, or dh-<bits> for one that the server spelled out.';
COMMENT ON COLUMN old_version_call.tls_failure IS 'Why the handshake broke.';
COMMENT ON COLUMN old_version_call.broke_after IS 'The last handshake message that had passed; client_hello if nothing came back.';
COMMENT ON COLUMN old_version_call.alert_received IS 'Whether the server sent the fatal alert (else we did); null without alert.';
COMMENT ON COLUMN old_version_call.alert_code IS 'TLS alert description.';
COMMENT ON COLUMN old_version_call.alert_name IS 'IANA name of the alert.';
COMMENT ON COLUMN old_version_call.attempt IS 'As in its permit: the same ledger, and the same totals, as for every other call.';
COMMENT ON COLUMN old_version_call.reply_judgement_id IS 'What was decided when it ended, as in observation.';
