-- The nights, how each was measured, and how it ended.
CREATE OR REPLACE VIEW pub.night AS
SELECT night.night, night.opened_at, night.completed_at, night.is_closed_early, night.method_version, night.trust_store,
       opening.is_lab, opening.port, opening.time_scale, opening.patience_scale, opening.confirmation_gap_s,
       opening.offers, night.previous_offer_id AS previous_offer,
       CASE WHEN night.offer_id IS NOT NULL THEN coalesce(night.previous_offer_percent, 0) END
           AS previous_offer_percent,
       opening.provider_rules,
       encode(opening.provider_rules_sha256, 'hex') AS provider_rules_sha256,
       opening.reply_rules, opening.program_version,
       ARRAY(
           SELECT list_edition.list_id || ' ' || encode(list_edition.sha256, 'hex')
           FROM census.night_list
           JOIN census.list_edition USING (list_edition_id)
           WHERE night_list.night = night.night
           ORDER BY night_list.position
       ) AS lists,
       CASE WHEN opening.night IS NOT NULL THEN EXISTS (
           SELECT
           FROM census.night_conditions AS later
           WHERE later.night = night.night
             AND later.ordinal > opening.ordinal
       ) END AS has_changed_conditions,
       (
           SELECT min(publication.published_at)
           FROM census.publication
           WHERE publication.night = night.night
       ) AS published_at
FROM census.night
LEFT JOIN LATERAL (
    SELECT conditions.night, conditions.ordinal, conditions.is_lab, conditions.port, conditions.time_scale,
           conditions.patience_scale, conditions.confirmation_gap_s, conditions.offers, conditions.provider_rules,
           conditions.provider_rules_sha256, conditions.reply_rules, conditions.program_version
    FROM census.night_conditions AS conditions
    WHERE conditions.night = night.night
    ORDER BY conditions.ordinal
    LIMIT 1
) AS opening ON true
WHERE EXISTS (SELECT FROM census.night_list WHERE night_list.night = night.night)
  AND NOT night.is_rehearsal;

COMMENT ON VIEW pub.night IS 'The nights of the census, and how each was measured: one row per night that was begun.';
COMMENT ON COLUMN pub.night.night IS 'The UTC date on which the night''s window opened; a night that passes midnight keeps it.';
COMMENT ON COLUMN pub.night.opened_at IS 'When it was begun.';
COMMENT ON COLUMN pub.night.completed_at IS 'When it was judged; null if it is in progress.';
COMMENT ON COLUMN pub.night.is_closed_early IS 'Whether it was interrupted and closed by a later night: it was judged by what had been measured, so its coverage is low, and its files were not published. Leave it out of trends.';
COMMENT ON COLUMN pub.night.method_version IS 'The version of the definitions that it was opened with.';
COMMENT ON COLUMN pub.night.trust_store IS 'The trust store by which its chains were judged.';
COMMENT ON COLUMN pub.night.is_lab IS 'Whether it was measured in a lab on loopback, so that it says nothing about the Internet. This column and the following ones, but lists, say how the night was measured when it was opened.';
COMMENT ON COLUMN pub.night.port IS 'The port that was called; 25 but in a lab.';
COMMENT ON COLUMN pub.night.time_scale IS 'The factor of every duration between calls; 1 but in a lab.';
COMMENT ON COLUMN pub.night.patience_scale IS 'The factor of the deadlines of a call; 1 but in a lab.';
COMMENT ON COLUMN pub.night.confirmation_gap_s IS 'The least time between two looks at a server that confirm each other, in seconds. The night was judged by it, and is whenever it is judged again.';
COMMENT ON COLUMN pub.night.offers IS 'The documents of datasets/offers by which ClientHellos were made: the standard one first, then those of other questions.';
COMMENT ON COLUMN pub.night.previous_offer IS 'In a night of overlap: the document that a share of the addresses got instead of the first, in any run of the night; null in every other night. In the trends of that night what these servers do under TLS counts as unknown; pub.overlap has both series.';
COMMENT ON COLUMN pub.night.previous_offer_percent IS 'How many in a hundred addresses got that one: the largest share of any run of the night, and 50 if another version of the program continued it. 0 but in a night of overlap.';
COMMENT ON COLUMN pub.night.provider_rules IS 'Version of the providers'' file, and the beginning of its SHA-256.';
COMMENT ON COLUMN pub.night.provider_rules_sha256 IS 'SHA-256 of the providers'' file, in hexadecimal digits.';
COMMENT ON COLUMN pub.night.reply_rules IS 'Version of the rules by which replies were understood during the calls.';
COMMENT ON COLUMN pub.night.program_version IS 'Version of the program.';
COMMENT ON COLUMN pub.night.lists IS 'The lists of domains that it started from, in their order: the name of each, and the SHA-256 of its file.';
COMMENT ON COLUMN pub.night.has_changed_conditions IS 'Whether a later run of the same night, after an interruption, measured otherwise: then pub.night_conditions has all of it.';
COMMENT ON COLUMN pub.night.published_at IS 'When its files were first written; null if they were not. Outside a lab somebody looks at a complete night before it is published, so leave it out of trends until then.';

CREATE OR REPLACE VIEW pub.night_conditions AS
SELECT night, ordinal, since, is_lab, port, time_scale, patience_scale, confirmation_gap_s, offers, previous_offer,
       previous_offer_percent, provider_rules, encode(provider_rules_sha256, 'hex') AS provider_rules_sha256,
       reply_rules, program_version
FROM census.night_conditions;

COMMENT ON VIEW pub.night_conditions IS 'How a night was measured: one row from its opening, and one more for each run after an interruption that measured otherwise.';
COMMENT ON COLUMN pub.night_conditions.night IS 'The night.';
COMMENT ON COLUMN pub.night_conditions.ordinal IS '1 for its opening, which pub.night shows; later rows have greater numbers.';
COMMENT ON COLUMN pub.night_conditions.since IS 'When the run began that measured so.';
COMMENT ON COLUMN pub.night_conditions.is_lab IS 'As in pub.night.';
COMMENT ON COLUMN pub.night_conditions.port IS 'As in pub.night.';
COMMENT ON COLUMN pub.night_conditions.time_scale IS 'As in pub.night.';
COMMENT ON COLUMN pub.night_conditions.patience_scale IS 'As in pub.night.';
COMMENT ON COLUMN pub.night_conditions.confirmation_gap_s IS 'As in pub.night.';
COMMENT ON COLUMN pub.night_conditions.offers IS 'As in pub.night.';
COMMENT ON COLUMN pub.night_conditions.previous_offer IS 'The document that the program has as the previous one, whether any address got it or none.';
COMMENT ON COLUMN pub.night_conditions.previous_offer_percent IS 'How many in a hundred addresses got that one in this run.';
COMMENT ON COLUMN pub.night_conditions.provider_rules IS 'As in pub.night.';
COMMENT ON COLUMN pub.night_conditions.provider_rules_sha256 IS 'As in pub.night.';
COMMENT ON COLUMN pub.night_conditions.reply_rules IS 'As in pub.night.';
COMMENT ON COLUMN pub.night_conditions.program_version IS 'As in pub.night.';

CREATE OR REPLACE VIEW pub.blocked AS
SELECT night_block.night, night_block.provider, night_block.address AS ip, night_block.blocked_since
FROM census.night_block
-- whoever opted out is in no view
WHERE NOT EXISTS (
    SELECT
    FROM census.endpoint
    LEFT JOIN census.server_verdict
        ON server_verdict.night = night_block.night
        AND server_verdict.endpoint_id = endpoint.endpoint_id
        AND server_verdict.outcome = 'not_attempted_opted_out'
    WHERE endpoint.address = night_block.address
      AND (endpoint.is_opted_out OR server_verdict.night IS NOT NULL)
)
AND NOT EXISTS (SELECT FROM census.opt_out WHERE opt_out.network >>= night_block.address)
AND census.is_opted_out_provider(
        night_block.provider, (SELECT opt_out_register.register FROM census.opt_out_register)) IS NOT TRUE;

COMMENT ON VIEW pub.blocked IS 'Who blocked the census when a night ended: one row per night and provider, or address that is charged with its own refusals. What is unknown of them that night is unknown because of it.';
COMMENT ON COLUMN pub.blocked.night IS 'The night.';
COMMENT ON COLUMN pub.blocked.provider IS 'The provider, as in pub.server; null for an address.';
COMMENT ON COLUMN pub.blocked.ip IS 'The address; null for a provider.';
COMMENT ON COLUMN pub.blocked.blocked_since IS 'The first night of this block: it blocked the census then and has not welcomed it since.';
