-- V103: lists of domains, and which a night started from

CREATE TABLE list_edition (
    list_edition_id bigint           GENERATED ALWAYS AS IDENTITY,
    list_id         text COLLATE "C" NOT NULL,
    sha256          bytea            NOT NULL,
    file            text             NOT NULL,
    bytes           bigint           NOT NULL,
    lines           bigint           NOT NULL,
    accepted        bigint           NOT NULL,
    rejected        bigint           NOT NULL,
    blank           bigint           NOT NULL,
    duplicates      bigint           NOT NULL,
    read_at         timestamptz      NOT NULL,
    text_bytes      bigint           NOT NULL,

    CONSTRAINT list_edition_pkey PRIMARY KEY (list_edition_id),
    CONSTRAINT list_edition_same_bytes_once UNIQUE (list_id, sha256),
    CONSTRAINT list_edition_sha256_size CHECK (octet_length(sha256) = 32),
    CONSTRAINT list_edition_lines_add_up CHECK (lines = accepted + rejected + blank),
    CONSTRAINT list_edition_duplicates_were_accepted CHECK (duplicates BETWEEN 0 AND accepted),
    CONSTRAINT list_edition_text_bytes_not_negative CHECK (text_bytes >= 0)
);

COMMENT ON TABLE list_edition IS 'One state of one list of domains, pinned by the SHA-256 of its file.';
COMMENT ON COLUMN list_edition.list_edition_id IS 'Key of the edition.';
COMMENT ON COLUMN list_edition.list_id IS
    'The list''s name in every file: the file name without folder, without .csv, .txt, .gz, .zip and without a date. stdin for standard input.';
COMMENT ON COLUMN list_edition.sha256 IS 'SHA-256 of the file as it lay on disk, compressed or not.';
COMMENT ON COLUMN list_edition.file IS 'The file as it was named to us; - for standard input.';
COMMENT ON COLUMN list_edition.bytes IS 'Size of the file on disk, in bytes.';
COMMENT ON COLUMN list_edition.lines IS 'Lines in the file: accepted + rejected + blank.';
COMMENT ON COLUMN list_edition.accepted IS 'Lines that name a domain, duplicates included.';
COMMENT ON COLUMN list_edition.rejected IS 'Lines that name none, and a last line without a line end: see rejected_line.';
COMMENT ON COLUMN list_edition.blank IS 'Empty lines, comments and one header line.';
COMMENT ON COLUMN list_edition.duplicates IS 'Accepted lines whose domain stood earlier in the same file; folded into the first, the best rank kept.';
COMMENT ON COLUMN list_edition.read_at IS 'When it was read.';
COMMENT ON COLUMN list_edition.text_bytes IS 'Size of its text when unpacked, in bytes.';

CREATE TABLE night_list (
    night               date    NOT NULL REFERENCES night,
    list_edition_id     bigint  NOT NULL REFERENCES list_edition,
    position            integer NOT NULL,
    is_accepted_shorter boolean NOT NULL DEFAULT false,

    CONSTRAINT night_list_pkey PRIMARY KEY (night, list_edition_id)
);

COMMENT ON TABLE night_list IS 'Which editions a night was pinned to at its first start; a restart uses the same ones.';
COMMENT ON COLUMN night_list.night IS 'The night.';
COMMENT ON COLUMN night_list.list_edition_id IS 'The edition.';
COMMENT ON COLUMN night_list.position IS 'Order in which the lists were named, from 1.';
COMMENT ON COLUMN night_list.is_accepted_shorter IS
    'Whether the operator accepted, for this night, a list that may be much shorter than before. Later editions are not compared with those of nights before it.';

CREATE TABLE domain (
    domain_id    bigint           GENERATED ALWAYS AS IDENTITY,
    name         text COLLATE "C" NOT NULL,
    is_opted_out boolean          NOT NULL DEFAULT false,

    CONSTRAINT domain_pkey PRIMARY KEY (domain_id),
    CONSTRAINT domain_name_once UNIQUE (name),
    -- Not as one pattern with a count: that costs 20 seconds for a million names, this one.
    CONSTRAINT domain_name_is_ldh CHECK (name !~ '[^a-z0-9.-]' AND length(name) BETWEEN 3 AND 253)
);

COMMENT ON TABLE domain IS 'Every domain that ever stood on a list; ids are stable.';
COMMENT ON COLUMN domain.domain_id IS 'Stable key.';
COMMENT ON COLUMN domain.name IS 'Lower case, A-labels (UTS #46), no trailing dot.';
COMMENT ON COLUMN domain.is_opted_out IS 'Whether the domain, or a name above it, is in opt_out.';

-- A full block takes 4,016 octets at most, so there are two to a page; above 2,032 octets PostgreSQL compresses what can be.
CREATE FUNCTION places_of_block() RETURNS integer
    LANGUAGE sql
    IMMUTABLE PARALLEL SAFE
    RETURN 960;

COMMENT ON FUNCTION places_of_block IS 'How many ids of domains are in a block of table listed_block.';

CREATE FUNCTION block_of(domain_id bigint) RETURNS integer
    LANGUAGE sql
    IMMUTABLE PARALLEL SAFE
    RETURN (domain_id / places_of_block())::integer;

COMMENT ON FUNCTION block_of IS 'The block of table listed_block that a domain is in.';

CREATE FUNCTION place_in_block(domain_id bigint) RETURNS integer
    LANGUAGE sql
    IMMUTABLE PARALLEL SAFE
    RETURN (domain_id % places_of_block())::integer + 1;

COMMENT ON FUNCTION place_in_block IS 'The place of a domain in its block, from 1.';

CREATE FUNCTION domain_at(block integer, place bigint) RETURNS bigint
    LANGUAGE sql
    IMMUTABLE PARALLEL SAFE
    RETURN block::bigint * places_of_block() + place - 1;

COMMENT ON FUNCTION domain_at IS 'The domain at a place of a block.';

-- No foreign key to domain: an edition is written in one transaction after its domains, and is never changed.
CREATE TABLE listed_block (
    list_edition_id bigint    NOT NULL,
    block           integer   NOT NULL,
    ranks           integer[] NOT NULL,

    CONSTRAINT listed_block_pkey PRIMARY KEY (list_edition_id, block),
    CONSTRAINT listed_block_has_all_places CHECK (
        array_ndims(ranks) = 1 AND array_lower(ranks, 1) = 1 AND array_length(ranks, 1) = places_of_block()
    ),
    CONSTRAINT listed_block_ranks_not_negative CHECK (0 <= ALL (ranks)),
    CONSTRAINT listed_block_lists_a_domain CHECK (cardinality(array_remove(ranks, NULL)) > 0)
);

ALTER TABLE listed_block ALTER COLUMN ranks SET STORAGE MAIN;

ALTER TABLE listed_block ALTER COLUMN ranks SET STATISTICS 0;

COMMENT ON TABLE listed_block IS 'The domains of an edition, in blocks of 960 ids; a block that no domain of the edition is in has no row. The view listed_domain shows them one by one.';
COMMENT ON COLUMN listed_block.list_edition_id IS 'The edition.';
COMMENT ON COLUMN listed_block.block IS 'Which 960 ids of domains: block_of(domain_id).';
COMMENT ON COLUMN listed_block.ranks IS 'At place_in_block(domain_id) the best rank of that domain in this edition: 1 is the top, 0 is listed without a rank, and null is not listed.';

CREATE TABLE rejected_line (
    list_edition_id bigint NOT NULL REFERENCES list_edition,
    line_number     bigint NOT NULL,
    reason          text   NOT NULL,
    excerpt         bytea  NOT NULL,

    CONSTRAINT rejected_line_pkey PRIMARY KEY (list_edition_id, line_number)
);

COMMENT ON TABLE rejected_line IS 'Lines of an edition that name no mail domain; nothing of a list is lost in silence.';
COMMENT ON COLUMN rejected_line.list_edition_id IS 'The edition.';
COMMENT ON COLUMN rejected_line.line_number IS 'Line number, from 1.';
COMMENT ON COLUMN rejected_line.reason IS 'Why, in our words.';
COMMENT ON COLUMN rejected_line.excerpt IS 'The first 100 bytes of the line, as they stand.';
