-- The series of a night of overlap side by side: by two offers, and by every trust store. Feeds no file.
CREATE OR REPLACE VIEW pub.overlap AS
WITH offered AS (
    -- the first answer of each server to one of the two; a further call may make a third offer
    SELECT DISTINCT ON (observation.night, observation.endpoint_id)
        observation.night,
        observation.offer_id,
        observation.offer_id = night.offer_id AS is_published,
        tls_profile.tls_profile_id IS NOT NULL AND NOT observation.tls_unfinished AS finished,
        tls_profile.tls_version,
        tls_profile.cipher_suite,
        tls_profile.key_exchange_group
    FROM census.night
    JOIN census.observation
        ON observation.night = night.night
        AND observation.offer_id IN (night.offer_id, night.previous_offer_id)
    JOIN census.server_verdict
        ON server_verdict.night = observation.night
        AND server_verdict.endpoint_id = observation.endpoint_id
        AND server_verdict.outcome <> 'not_attempted_opted_out'
    LEFT JOIN census.tls_profile ON tls_profile.tls_profile_id = observation.tls_profile_id
    WHERE night.previous_offer_id IS NOT NULL
    ORDER BY observation.night, observation.endpoint_id, observation.attempt
)

SELECT offered.night, 'offer' AS kind, offered.offer_id AS version, offered.is_published, shown.subject, shown.value,
       count(*) AS servers
FROM offered
CROSS JOIN LATERAL (VALUES
    ('handshake', CASE WHEN offered.finished THEN 'finished' ELSE 'broken' END),
    ('tls_version', CASE WHEN offered.finished THEN offered.tls_version END),
    ('cipher_suite', CASE WHEN offered.finished THEN offered.cipher_suite END),
    ('key_exchange_group', CASE WHEN offered.finished THEN coalesce(offered.key_exchange_group, 'none') END)
) AS shown (subject, value)
WHERE shown.value IS NOT NULL
GROUP BY offered.night, offered.offer_id, offered.is_published, shown.subject, shown.value
UNION ALL
SELECT night, 'trust_store', trust_store, is_published, 'chain', chain, count(*)
FROM pub.server_chain
WHERE method_version = (
    SELECT night_version.method_version
    FROM census.night_version
    WHERE night_version.night = server_chain.night
      AND night_version.is_published
)
GROUP BY night, trust_store, is_published, chain;

COMMENT ON VIEW pub.overlap IS 'How many servers showed what, by each of two methods in one night: by both offers in a night of overlap, each at its own share of the addresses, and by every trust store that judged the night. Feeds no file.';
COMMENT ON COLUMN pub.overlap.night IS 'The UTC date on which the night''s window opened.';
COMMENT ON COLUMN pub.overlap.kind IS 'What there are several of: offer (the ClientHello), trust_store.';
COMMENT ON COLUMN pub.overlap.version IS 'Which one: an offer of datasets/offers, or a trust store by name and date.';
COMMENT ON COLUMN pub.overlap.is_published IS 'Whether it is the night''s own, by which the files are made.';
COMMENT ON COLUMN pub.overlap.subject IS 'What was looked at: handshake (finished, broken), tls_version, cipher_suite, key_exchange_group, chain.';
COMMENT ON COLUMN pub.overlap.value IS 'What it showed; of tls_version, cipher_suite and key_exchange_group in finished handshakes only.';
COMMENT ON COLUMN pub.overlap.servers IS 'How many servers showed that. The shares of two offers are compared within each offer, because each went to other addresses.';
