-- The domains of the editions of lists, one row each. Who asks for one domain reads listed_block by its block instead.

-- STRICT, so that PostgreSQL does not write its body into the query: it would then take each block for ten domains.
CREATE OR REPLACE FUNCTION listed_places(ranks integer[])
    RETURNS TABLE (rank integer, place bigint)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    ROWS 960
AS $$
    SELECT known.rank, known.place
    FROM unnest(ranks) WITH ORDINALITY AS known (rank, place)
    WHERE known.rank IS NOT NULL
$$;

COMMENT ON FUNCTION listed_places IS 'The places of a block of a list that have a domain, from 1, and their ranks: 0 is listed without a rank.';

CREATE OR REPLACE VIEW listed_domain AS
SELECT
    listed_block.list_edition_id,
    domain_at(listed_block.block, entry.place) AS domain_id,
    nullif(entry.rank, 0)                               AS rank
FROM listed_block
CROSS JOIN LATERAL listed_places(listed_block.ranks) AS entry;

COMMENT ON VIEW listed_domain IS 'The domains of an edition, each once.';
COMMENT ON COLUMN listed_domain.list_edition_id IS 'The edition.';
COMMENT ON COLUMN listed_domain.domain_id IS 'The domain.';
COMMENT ON COLUMN listed_domain.rank IS 'Best rank in this edition, 1 is the top; null in lists without ranks.';
