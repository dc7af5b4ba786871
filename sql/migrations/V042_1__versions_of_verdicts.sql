-- V042.1: versions of a night's verdicts are rows. What was published never changes; a later version has rows only where it
-- differs.

DROP TABLE former_verdict;

CREATE TABLE night_version (
    night          date        NOT NULL REFERENCES night,
    method_version text        COLLATE "C" NOT NULL,
    is_published   boolean     NOT NULL,
    trust_store    text        COLLATE "C" NOT NULL,
    judged_at      timestamptz NOT NULL,

    CONSTRAINT night_version_pkey PRIMARY KEY (night, method_version)
);

CREATE UNIQUE INDEX night_version_one_published ON night_version (night) WHERE is_published;

COMMENT ON TABLE night_version IS 'The versions of the definitions by which the servers and domains of a night were judged. One of them is published, and never changes.';
COMMENT ON COLUMN night_version.night IS 'The night.';
COMMENT ON COLUMN night_version.method_version IS 'Version of the definitions; see datasets/CHANGES.md.';
COMMENT ON COLUMN night_version.is_published IS 'Whether the night''s files and trends are of this version: the one by which the night itself was judged.';
COMMENT ON COLUMN night_version.trust_store IS 'The trust store by which its chains were judged, by name and date.';
COMMENT ON COLUMN night_version.judged_at IS 'When it was judged by this version.';

CREATE TABLE server_revision (
    observed_at    timestamptz,
    night          date        NOT NULL,
    endpoint_id    integer     NOT NULL,
    state_id       integer     NOT NULL REFERENCES server_state,
    attempts       smallint    NOT NULL,
    method_version text        COLLATE "C" NOT NULL,

    CONSTRAINT server_revision_pkey PRIMARY KEY (night, method_version, endpoint_id),
    CONSTRAINT server_revision_of_a_version FOREIGN KEY (night, method_version) REFERENCES night_version
);

COMMENT ON TABLE server_revision IS 'Where a later version of the definitions comes to another verdict on a server than the one that was published. No row: the same as published. Kept for ever.';
COMMENT ON COLUMN server_revision.observed_at IS 'When the call started that decides by this version; null if there was none.';
COMMENT ON COLUMN server_revision.night IS 'The night.';
COMMENT ON COLUMN server_revision.endpoint_id IS 'The mail server.';
COMMENT ON COLUMN server_revision.state_id IS 'What is concluded about it by this version.';
COMMENT ON COLUMN server_revision.attempts IS 'Calls made at this endpoint in this night.';
COMMENT ON COLUMN server_revision.method_version IS 'The later version.';
