-- V002: the night, and the lists of domains it starts from.

CREATE TABLE night (
    night          date        NOT NULL,
    epoch          integer     NOT NULL DEFAULT 0,
    method_version text        NOT NULL,
    trust_store    text        NOT NULL,
    opened_at      timestamptz NOT NULL,
    completed_at   timestamptz,

    CONSTRAINT night_pkey PRIMARY KEY (night),
    CONSTRAINT night_epoch_not_negative CHECK (epoch >= 0),
    CONSTRAINT night_completed_after_opened CHECK (completed_at >= opened_at)
);

COMMENT ON TABLE night IS 'One row per night the census was started for.';
COMMENT ON COLUMN night.night IS 'The UTC date on which the window opens; a night that passes midnight keeps it.';
COMMENT ON COLUMN night.epoch IS
    'Raised by every process that takes the night over. A permit carries the epoch of the process that chose it, and none can be committed under an old one.';
COMMENT ON COLUMN night.method_version IS 'Version of the definitions by which this night was measured and judged; see datasets/CHANGES.md.';
COMMENT ON COLUMN night.trust_store IS 'Name and date of the trust store by which chains of this night were judged.';
COMMENT ON COLUMN night.opened_at IS 'When the night was first started.';
COMMENT ON COLUMN night.completed_at IS 'When its last step ended; null while it is unfinished.';

CREATE TABLE list_edition (
    list_edition_id bigint      GENERATED ALWAYS AS IDENTITY,
    list_id         text        NOT NULL,
    sha256          bytea       NOT NULL,
    file            text        NOT NULL,
    bytes           bigint      NOT NULL,
    lines           bigint      NOT NULL,
    accepted        bigint      NOT NULL,
    rejected        bigint      NOT NULL,
    blank           bigint      NOT NULL,
    duplicates      bigint      NOT NULL,
    read_at         timestamptz NOT NULL,

    CONSTRAINT list_edition_pkey PRIMARY KEY (list_edition_id),
    CONSTRAINT list_edition_same_bytes_once UNIQUE (list_id, sha256),
    CONSTRAINT list_edition_sha256_size CHECK (octet_length(sha256) = 32),
    CONSTRAINT list_edition_lines_add_up CHECK (lines = accepted + rejected + blank),
    CONSTRAINT list_edition_duplicates_were_accepted CHECK (duplicates BETWEEN 0 AND accepted)
);

COMMENT ON TABLE list_edition IS 'One state of one list of domains, pinned by the SHA-256 of its file.';
COMMENT ON COLUMN list_edition.list_edition_id IS 'Key of the edition.';
COMMENT ON COLUMN list_edition.list_id IS 'The list''s name in every file: the file name without folder and without .csv, .txt, .gz, .zip.';
COMMENT ON COLUMN list_edition.sha256 IS 'SHA-256 of the file as it lay on disk, compressed or not.';
COMMENT ON COLUMN list_edition.file IS 'The file as it was named to us.';
COMMENT ON COLUMN list_edition.bytes IS 'Size of the file on disk, in bytes.';
COMMENT ON COLUMN list_edition.lines IS 'Lines in the file: accepted + rejected + blank.';
COMMENT ON COLUMN list_edition.accepted IS 'Lines that name a domain, duplicates included.';
COMMENT ON COLUMN list_edition.rejected IS 'Lines that name none: see rejected_line.';
COMMENT ON COLUMN list_edition.blank IS 'Empty lines, comments and one header line.';
COMMENT ON COLUMN list_edition.duplicates IS 'Accepted lines whose domain stood earlier in the same file; folded into the first, the best rank kept.';
COMMENT ON COLUMN list_edition.read_at IS 'When it was read.';

CREATE TABLE night_list (
    night           date    NOT NULL REFERENCES night,
    list_edition_id bigint  NOT NULL REFERENCES list_edition,
    position        integer NOT NULL,

    CONSTRAINT night_list_pkey PRIMARY KEY (night, list_edition_id)
);

COMMENT ON TABLE night_list IS 'Which editions a night was pinned to at its first start; a restart uses the same ones.';
COMMENT ON COLUMN night_list.night IS 'The night.';
COMMENT ON COLUMN night_list.list_edition_id IS 'The edition.';
COMMENT ON COLUMN night_list.position IS 'Order in which the lists were named, from 1.';

CREATE TABLE domain (
    domain_id bigint GENERATED ALWAYS AS IDENTITY,
    name      text   NOT NULL,

    CONSTRAINT domain_pkey PRIMARY KEY (domain_id),
    CONSTRAINT domain_name_once UNIQUE (name),
    -- Not as one pattern with a count: that costs 20 seconds for a million names, this one.
    CONSTRAINT domain_name_is_ldh CHECK (name !~ '[^a-z0-9.-]' AND length(name) BETWEEN 3 AND 253)
);

COMMENT ON TABLE domain IS 'Every domain that ever stood on a list; ids are stable.';
COMMENT ON COLUMN domain.domain_id IS 'Stable key.';
COMMENT ON COLUMN domain.name IS 'Lower case, A-labels (UTS #46), no trailing dot.';

-- No foreign key to domain: a list has a million rows, is written in one transaction after its domains, and is never changed.
CREATE TABLE listed_domain (
    list_edition_id bigint NOT NULL,
    domain_id       bigint NOT NULL,
    rank            integer,

    CONSTRAINT listed_domain_pkey PRIMARY KEY (list_edition_id, domain_id),
    CONSTRAINT listed_domain_rank_positive CHECK (rank > 0)
);

COMMENT ON TABLE listed_domain IS 'The domains of an edition, each once.';
COMMENT ON COLUMN listed_domain.list_edition_id IS 'The edition.';
COMMENT ON COLUMN listed_domain.domain_id IS 'The domain.';
COMMENT ON COLUMN listed_domain.rank IS 'Best rank in this edition, 1 is the top; null in lists without ranks.';

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
