-- V039: a night knows which ClientHello it measures by, and in a night of overlap also which one went before.

ALTER TABLE night
    ADD COLUMN offer_id               text,
    ADD COLUMN previous_offer_id      text,
    ADD COLUMN previous_offer_percent integer,
    ADD CONSTRAINT night_overlap_whole CHECK ((previous_offer_id IS NULL) = (previous_offer_percent IS NULL)),
    ADD CONSTRAINT night_overlap_of_two CHECK (previous_offer_id IS NULL OR previous_offer_id <> offer_id),
    ADD CONSTRAINT night_overlap_at_most_half CHECK (previous_offer_percent BETWEEN 1 AND 50);

COMMENT ON COLUMN night.offer_id IS 'The ClientHello by which the night measures (datasets/offers); null for nights before this was kept.';
COMMENT ON COLUMN night.previous_offer_id IS 'In a night of overlap: the ClientHello of the nights before, which a share of the addresses got instead. Null in every other night.';
COMMENT ON COLUMN night.previous_offer_percent IS 'In a night of overlap: how many addresses in a hundred got the previous ClientHello. If that was changed while the night ran, the largest.';

COMMENT ON TABLE trust_store_choice IS 'The roots that the operator brought for later nights (census trust-store update). The latest row counts whose date is not later than the night, unless the settings name a trust store or the program ships a newer one.';
