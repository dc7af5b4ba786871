-- What the servers of tonight's sample answered. Servers without a finished handshake are not asked.
INSERT INTO old_version_answer (night, endpoint_id, question, answer)
SELECT
    planned_call.night,
    planned_call.endpoint_id,
    planned_call.old_version_question,
    CASE
        WHEN old_version_call.tls_version IS NOT NULL AND planned_call.old_version_question = 'small_dh' THEN
            CASE WHEN substring(old_version_call.key_exchange_group FROM '^dh-([0-9]{1,6})$')::integer < 2048
                THEN 'accepted' ELSE 'refused' END
        WHEN old_version_call.tls_version IS NOT NULL THEN 'accepted'
        WHEN old_version_call.phase = 'handshake' AND old_version_call.broke_after = 'client_hello'
            AND old_version_call.tls_failure IN ('alert', 'version', 'closed') THEN 'refused'
        ELSE 'unknown'
    END
FROM planned_call
JOIN server_verdict USING (night, endpoint_id)
LEFT JOIN old_version_call USING (night, endpoint_id)
WHERE planned_call.night = :night
  AND planned_call.old_version_question IS NOT NULL
  AND server_verdict.outcome = 'starttls_ok'
