-- V044: a list of a million domains is a few thousand arrays of ranks instead of a million rows. The view listed_domain shows
-- them as rows again.

DROP TABLE listed_domain;

-- No foreign key to domain: an edition is written in one transaction after its domains, and is never changed.
CREATE TABLE listed_block (
    list_edition_id bigint    NOT NULL,
    block           integer   NOT NULL,
    ranks           integer[] NOT NULL,

    CONSTRAINT listed_block_pkey PRIMARY KEY (list_edition_id, block),
    CONSTRAINT listed_block_has_512_places CHECK (
        array_ndims(ranks) = 1 AND array_lower(ranks, 1) = 1 AND array_length(ranks, 1) = 512
    ),
    CONSTRAINT listed_block_ranks_not_negative CHECK (0 <= ALL (ranks)),
    CONSTRAINT listed_block_lists_a_domain CHECK (cardinality(array_remove(ranks, NULL)) > 0)
);

COMMENT ON TABLE listed_block IS 'The domains of an edition, in blocks of 512 ids; a block that no domain of the edition is in has no row. The view listed_domain shows them one by one.';
COMMENT ON COLUMN listed_block.list_edition_id IS 'The edition.';
COMMENT ON COLUMN listed_block.block IS 'Which 512 ids of domains: domain_id >> 9.';
COMMENT ON COLUMN listed_block.ranks IS 'At place (domain_id & 511) + 1 the best rank of that domain in this edition: 1 is the top, 0 is listed without a rank, and null is not listed.';
