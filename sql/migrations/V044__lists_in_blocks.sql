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

-- Compressed or not, in its row: a look-up reads one place. Values of arrays tell a planner nothing here, and to gather their
-- statistics takes seconds.
ALTER TABLE listed_block
    ALTER COLUMN ranks SET STORAGE MAIN,
    ALTER COLUMN ranks SET STATISTICS 0;

COMMENT ON TABLE listed_block IS 'The domains of an edition, in blocks of 512 ids; a block that no domain of the edition is in has no row. The view listed_domain shows them one by one.';
COMMENT ON COLUMN listed_block.list_edition_id IS 'The edition.';
COMMENT ON COLUMN listed_block.block IS 'Which 512 ids of domains: domain_id >> 9.';
COMMENT ON COLUMN listed_block.ranks IS 'At place (domain_id & 511) + 1 the best rank of that domain in this edition: 1 is the top, 0 is listed without a rank, and null is not listed.';

-- The sample of the old-version campaign and its answers outlive the plan, whose months are dropped.
CREATE TABLE old_version_answer (
    night       date   NOT NULL REFERENCES night,
    endpoint_id bigint NOT NULL,
    question    text   NOT NULL,
    answer      text   NOT NULL,

    CONSTRAINT old_version_answer_pkey PRIMARY KEY (night, endpoint_id),
    CONSTRAINT old_version_answer_question_known CHECK (
        question IN ('tls_1_0', 'tls_1_1', 'triple_des', 'rc4', 'static_rsa', 'anonymous', 'small_dh')
    ),
    CONSTRAINT old_version_answer_known CHECK (answer IN ('accepted', 'refused', 'unknown'))
);

COMMENT ON TABLE old_version_answer IS 'The servers with a finished handshake that the old-version campaign was to ask in a night, and what each answered: a thousand a night at most. Kept for ever.';
COMMENT ON COLUMN old_version_answer.night IS 'The night.';
COMMENT ON COLUMN old_version_answer.endpoint_id IS 'Who was to be asked.';
COMMENT ON COLUMN old_version_answer.question IS 'What was asked.';
COMMENT ON COLUMN old_version_answer.answer IS 'accepted, refused or unknown; see pub.old_version_answer.';

-- Spans of one domain, or of one host, never overlap.
ALTER TABLE mail_route ADD CONSTRAINT mail_route_spans_apart EXCLUDE USING gist (
    int8range(domain_id, domain_id, '[]') WITH &&,
    daterange(first_night, last_night, '[]') WITH &&
);

ALTER TABLE host_addresses ADD CONSTRAINT host_addresses_spans_apart EXCLUDE USING gist (
    int8range(mail_host_id, mail_host_id, '[]') WITH &&,
    daterange(first_night, last_night, '[]') WITH &&
);

-- A provider asks how it was treated night by night; the program asks for a night, whose rows lie together.
ALTER TABLE politeness
    DROP CONSTRAINT politeness_pkey,
    ADD CONSTRAINT politeness_pkey PRIMARY KEY (provider, night, class);

CREATE INDEX politeness_by_night ON politeness USING brin (night) WITH (pages_per_range = 16, autosummarize = on);

-- Made again by the views, with one column more.
DROP FUNCTION IF EXISTS tonight_route(date);
