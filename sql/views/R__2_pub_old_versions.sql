-- The old-version campaign: whether servers still accept what none should. A rotating sample of servers is asked, in a
-- separate call after a finished handshake.

-- One row per server of the sample. For psql; no file has it.
CREATE OR REPLACE VIEW pub.old_version_answer AS
SELECT
    old_version_answer.night,
    mail_host.name                       AS mx_host,
    endpoint.address                     AS ip,
    old_version_answer.question,
    old_version_answer.answer,
    old_version_call.offer_id,
    old_version_call.started_at,
    old_version_call.tls_version,
    old_version_call.cipher_suite,
    old_version_call.key_exchange_group,
    old_version_call.tls_failure,
    old_version_call.broke_after,
    old_version_call.alert_received,
    old_version_call.alert_code,
    old_version_call.alert_name,
    old_version_call.handshake_us / 1000.0 AS handshake_ms,
    night.method_version
FROM census.old_version_answer
JOIN census.night USING (night)
JOIN census.endpoint USING (endpoint_id)
JOIN census.mail_host USING (mail_host_id)
LEFT JOIN census.old_version_call USING (night, endpoint_id)
WHERE NOT endpoint.is_opted_out;

COMMENT ON VIEW pub.old_version_answer IS 'One row per mail server that the old-version campaign was to ask tonight, and what it answered.';
COMMENT ON COLUMN pub.old_version_answer.night IS 'The night.';
COMMENT ON COLUMN pub.old_version_answer.mx_host IS 'Name of the mail server.';
COMMENT ON COLUMN pub.old_version_answer.ip IS 'The address called.';
COMMENT ON COLUMN pub.old_version_answer.question IS 'What was asked; explained under question.';
COMMENT ON COLUMN pub.old_version_answer.answer IS 'accepted: the handshake finished with what was asked for. refused: it broke off at our ClientHello, by an alert or by closing; for small_dh also: it named a group of at least 2,048 bits. unknown: everything else, and not asked after all.';
COMMENT ON COLUMN pub.old_version_answer.offer_id IS 'Which documented ClientHello was sent: a file of datasets/offers.';
COMMENT ON COLUMN pub.old_version_answer.started_at IS 'When the call began, UTC; null if it was not made.';
COMMENT ON COLUMN pub.old_version_answer.tls_version IS 'Version negotiated; null unless the handshake finished.';
COMMENT ON COLUMN pub.old_version_answer.cipher_suite IS 'Cipher suite negotiated, by its IANA name.';
COMMENT ON COLUMN pub.old_version_answer.key_exchange_group IS 'Key exchange group, by its IANA name, or dh-<bits> for one that the server spelled out.';
COMMENT ON COLUMN pub.old_version_answer.tls_failure IS 'Why the handshake broke.';
COMMENT ON COLUMN pub.old_version_answer.broke_after IS 'The last handshake message that had passed; client_hello if nothing came back.';
COMMENT ON COLUMN pub.old_version_answer.alert_received IS 'Whether the server sent the fatal alert (else the census did); null without alert.';
COMMENT ON COLUMN pub.old_version_answer.alert_code IS 'TLS alert description, 0 to 255.';
COMMENT ON COLUMN pub.old_version_answer.alert_name IS 'IANA name of the alert.';
COMMENT ON COLUMN pub.old_version_answer.handshake_ms IS 'Milliseconds for the handshake; 2147483.647 stands for that or more: our process stood still.';
COMMENT ON COLUMN pub.old_version_answer.method_version IS 'Version of the definitions; see datasets/CHANGES.md.';

-- Feeds: old_versions.csv
CREATE OR REPLACE VIEW pub.old_version AS
WITH counted AS (
    SELECT
        night,
        question,
        count(*) FILTER (WHERE answer = 'accepted') AS n_accepted,
        count(*) FILTER (WHERE answer = 'refused')  AS n_refused,
        count(*) FILTER (WHERE answer = 'unknown')  AS n_unknown,
        min(night.method_version)                   AS method_version
    FROM census.old_version_answer
    JOIN census.night USING (night)
    GROUP BY night, question
)

SELECT
    night,
    question,
    n_accepted,
    n_refused,
    n_unknown,
    round(100.0 * n_accepted / nullif(n_accepted + n_refused, 0), 2)                             AS pct,
    round(100.0 * n_accepted / nullif(n_accepted + n_refused + n_unknown, 0), 2)                 AS pct_low,
    round(100.0 * (n_accepted + n_unknown) / nullif(n_accepted + n_refused + n_unknown, 0), 2)   AS pct_high,
    round(100.0 * (n_accepted + n_refused) / nullif(n_accepted + n_refused + n_unknown, 0), 2)   AS coverage,
    method_version
FROM counted;

COMMENT ON VIEW pub.old_version IS 'How many servers would still accept what nobody should: one row per night and question. A sample of a seventh of the servers at most, and one question each; add up nights for more.';
COMMENT ON COLUMN pub.old_version.night IS 'The UTC date on which the night''s window opened.';
COMMENT ON COLUMN pub.old_version.question IS 'What was asked; explained under question. Export suites are not: the library that speaks TLS for the census has none (decision 0020).';
COMMENT ON COLUMN pub.old_version.n_accepted IS 'Servers that finished a handshake with what was asked for.';
COMMENT ON COLUMN pub.old_version.n_refused IS 'Servers that broke off at our ClientHello, by an alert or by closing; for small_dh also those that named a group of at least 2,048 bits.';
COMMENT ON COLUMN pub.old_version.n_unknown IS 'Servers of the sample of which it is not known: the call was not made, or ended otherwise.';
COMMENT ON COLUMN pub.old_version.pct IS '100 n_accepted / (n_accepted + n_refused), percent, 2 decimals, empty at denominator 0.';
COMMENT ON COLUMN pub.old_version.pct_low IS '100 n_accepted / (n_accepted + n_refused + n_unknown): as if every unknown had refused.';
COMMENT ON COLUMN pub.old_version.pct_high IS '100 (n_accepted + n_unknown) / (n_accepted + n_refused + n_unknown): as if every unknown had accepted.';
COMMENT ON COLUMN pub.old_version.coverage IS '100 (n_accepted + n_refused) / (n_accepted + n_refused + n_unknown): how much is known.';
COMMENT ON COLUMN pub.old_version.method_version IS 'Version of the definitions; see datasets/CHANGES.md.';
