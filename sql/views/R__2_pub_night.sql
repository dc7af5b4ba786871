-- The nights, and how each ended.
CREATE OR REPLACE VIEW pub.night AS
SELECT night, opened_at, completed_at, is_closed_early, method_version, trust_store, offer_id, previous_offer_id,
       previous_offer_percent
FROM census.night
WHERE EXISTS (SELECT FROM census.night_list WHERE night_list.night = night.night)
  AND NOT is_rehearsal;

COMMENT ON VIEW pub.night IS 'The nights of the census: one row per night that was begun.';
COMMENT ON COLUMN pub.night.night IS 'The UTC date on which the night''s window opened; a night that passes midnight keeps it.';
COMMENT ON COLUMN pub.night.opened_at IS 'When it was begun.';
COMMENT ON COLUMN pub.night.completed_at IS 'When it was judged and, unless it was closed early, published; null if it is in progress.';
COMMENT ON COLUMN pub.night.is_closed_early IS 'Whether it was interrupted and closed by a later night: it was judged by what had been measured, so its coverage is low, and its files were not published. Leave it out of trends.';
COMMENT ON COLUMN pub.night.method_version IS 'The version of the definitions that it was opened with.';
COMMENT ON COLUMN pub.night.trust_store IS 'The trust store by which its chains were judged.';
COMMENT ON COLUMN pub.night.offer_id IS 'The ClientHello by which it measures: a file of datasets/offers; null for nights before this was kept.';
COMMENT ON COLUMN pub.night.previous_offer_id IS 'In a night of overlap: the ClientHello of the nights before, which a share of the addresses got. In the trends of that night what these servers do under TLS counts as unknown; pub.overlap has both series.';
COMMENT ON COLUMN pub.night.previous_offer_percent IS 'In a night of overlap: how many addresses in a hundred got the previous ClientHello, drawn by a hash.';
