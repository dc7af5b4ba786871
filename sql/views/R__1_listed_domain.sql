-- The domains of the editions of lists, one row each. Who asks for one domain reads listed_block by its block instead.

CREATE OR REPLACE VIEW listed_domain AS
SELECT
    listed_block.list_edition_id,
    (listed_block.block::bigint << 9) + entry.place - 1 AS domain_id,
    nullif(entry.rank, 0)                               AS rank
FROM listed_block
CROSS JOIN LATERAL unnest(listed_block.ranks) WITH ORDINALITY AS entry (rank, place)
WHERE entry.rank IS NOT NULL;

COMMENT ON VIEW listed_domain IS 'The domains of an edition, each once.';
COMMENT ON COLUMN listed_domain.list_edition_id IS 'The edition.';
COMMENT ON COLUMN listed_domain.domain_id IS 'The domain.';
COMMENT ON COLUMN listed_domain.rank IS 'Best rank in this edition, 1 is the top; null in lists without ranks.';
