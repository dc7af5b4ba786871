-- The servers behind tonight's sets of MX records, and one row without a server for what else a host may have: it may
-- have the property that is counted, and must never read as a no. A host that provably has no address has no row.
INSERT INTO trend_set_server (mx_set_id, mail_host_id, endpoint_id, is_best)
SELECT mx_set_id, mail_host_id, endpoint_id, is_best
FROM tonight_server
UNION ALL
SELECT mx_set_id, mail_host_id, NULL, is_best
FROM tonight_host
WHERE is_hidden
