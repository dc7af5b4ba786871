-- Sorted by hash, so that two writers cannot deadlock.
INSERT INTO ocsp_response (sha256, der, response_status, certificate_status, this_update, next_update)
SELECT DISTINCT ON (seen.sha256) seen.sha256, seen.der, seen.response_status, seen.certificate_status,
       seen.this_update::timestamptz, seen.next_update::timestamptz
FROM unnest(:sha256s, :ders, :response_statuses, :certificate_statuses, :this_updates, :next_updates)
    AS seen (sha256, der, response_status, certificate_status, this_update, next_update)
ORDER BY seen.sha256
ON CONFLICT (sha256) DO NOTHING
