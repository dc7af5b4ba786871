-- V102: nights, how each was measured, and by which versions it was judged

CREATE TABLE night (
    night                  date        NOT NULL,
    epoch                  integer     NOT NULL DEFAULT 0,
    method_version         text        NOT NULL,
    trust_store            text        NOT NULL,
    opened_at              timestamptz NOT NULL,
    completed_at           timestamptz,
    is_closed_early        boolean     NOT NULL DEFAULT false,
    is_rehearsal           boolean     NOT NULL DEFAULT false,
    offer_id               text,
    previous_offer_id      text,
    previous_offer_percent integer,
    contacts_pruned_at     timestamptz,

    CONSTRAINT night_pkey PRIMARY KEY (night),
    CONSTRAINT night_epoch_not_negative CHECK (epoch >= 0),
    CONSTRAINT night_completed_after_opened CHECK (completed_at >= opened_at),
    CONSTRAINT night_closed_early_is_completed CHECK (completed_at IS NOT NULL OR NOT is_closed_early),
    CONSTRAINT night_overlap_whole CHECK ((previous_offer_id IS NULL) = (previous_offer_percent IS NULL)),
    CONSTRAINT night_overlap_of_two CHECK (previous_offer_id IS NULL OR previous_offer_id <> offer_id),
    CONSTRAINT night_overlap_at_most_half CHECK (previous_offer_percent BETWEEN 1 AND 50)
);

COMMENT ON TABLE night IS 'One row per night the census was started for.';
COMMENT ON COLUMN night.night IS 'The UTC date on which the window opens; a night that passes midnight keeps it.';
COMMENT ON COLUMN night.epoch IS
    'Raised by every process that takes the night over. A permit carries the epoch of the process that chose it, and none can be committed under an old one.';
COMMENT ON COLUMN night.method_version IS 'Version of the definitions by which this night was measured and judged; see datasets/CHANGES.md.';
COMMENT ON COLUMN night.trust_store IS 'Name and date of the trust store by which chains of this night were judged.';
COMMENT ON COLUMN night.opened_at IS 'When the night was first started.';
COMMENT ON COLUMN night.completed_at IS 'When its last step ended; null while it is unfinished.';
COMMENT ON COLUMN night.is_closed_early IS 'Whether the night was broken off and never went on: a later night closed it. It was judged by what it had, whoever was not called is window_end, and its files were not published.';
COMMENT ON COLUMN night.is_rehearsal IS
    'Whether a dry run or a simulation is trying this night out. Its lists, routes and plan are removed when it ends; if its process died, by the next run. True for no night that was begun.';
COMMENT ON COLUMN night.offer_id IS 'The ClientHello by which the night measures (datasets/offers).';
COMMENT ON COLUMN night.previous_offer_id IS 'In a night of overlap: the ClientHello of the nights before, which a share of the addresses got instead. Null in every other night.';
COMMENT ON COLUMN night.previous_offer_percent IS 'In a night of overlap: how many addresses in a hundred got the previous ClientHello. If that was changed while the night ran, the largest.';
COMMENT ON COLUMN night.contacts_pruned_at IS 'When census prune began to drop the night''s permits, plan and raw replies; null while they are kept. Set before the first of them goes, so whoever reads a night without its ledger knows why.';

CREATE TABLE night_conditions (
    night                  date             NOT NULL REFERENCES night ON DELETE CASCADE,
    ordinal                integer          NOT NULL,
    since                  timestamptz      NOT NULL,
    is_lab                 boolean          NOT NULL,
    time_scale             double precision NOT NULL,
    patience_scale         double precision NOT NULL,
    port                   integer          NOT NULL,
    confirmation_gap_s     numeric(12, 6)   NOT NULL,
    offers                 text[]           NOT NULL,
    previous_offer         text             NOT NULL,
    previous_offer_percent integer          NOT NULL,
    provider_rules         text             NOT NULL,
    provider_rules_sha256  bytea            NOT NULL,
    reply_rules            text             NOT NULL,
    program_version        text             NOT NULL,

    CONSTRAINT night_conditions_pkey PRIMARY KEY (night, ordinal),
    CONSTRAINT night_conditions_ordinal_positive CHECK (ordinal > 0),
    CONSTRAINT night_conditions_scales_from_0_to_1 CHECK (
        time_scale BETWEEN 0 AND 1 AND patience_scale BETWEEN 0 AND 1
    ),
    CONSTRAINT night_conditions_only_labs_are_scaled CHECK (is_lab OR (time_scale = 1 AND patience_scale = 1)),
    CONSTRAINT night_conditions_port_in_range CHECK (port BETWEEN 1 AND 65535),
    CONSTRAINT night_conditions_gap_not_negative CHECK (confirmation_gap_s >= 0),
    CONSTRAINT night_conditions_has_an_offer CHECK (cardinality(offers) > 0),
    CONSTRAINT night_conditions_percent_in_range CHECK (previous_offer_percent BETWEEN 0 AND 50),
    CONSTRAINT night_conditions_sha256_size CHECK (octet_length(provider_rules_sha256) = 32)
);

COMMENT ON TABLE night_conditions IS 'How a night was measured. The first row is from its opening; the night is judged by it, then and whenever it is judged again. A later start of the same night adds a row only if something had changed.';
COMMENT ON COLUMN night_conditions.night IS 'The night.';
COMMENT ON COLUMN night_conditions.ordinal IS '1 at its opening; later rows have greater numbers.';
COMMENT ON COLUMN night_conditions.since IS 'When the run began that measured so.';
COMMENT ON COLUMN night_conditions.is_lab IS 'Whether it was measured in a lab on loopback, and not on the Internet.';
COMMENT ON COLUMN night_conditions.time_scale IS 'The factor of every duration between calls; 1 but in a lab.';
COMMENT ON COLUMN night_conditions.patience_scale IS 'The factor of the deadlines of a call; 1 but in a lab.';
COMMENT ON COLUMN night_conditions.port IS 'The port that was called; 25 but in a lab.';
COMMENT ON COLUMN night_conditions.confirmation_gap_s IS 'The least time between two looks at a server that confirm each other, in seconds, already multiplied by the time scale.';
COMMENT ON COLUMN night_conditions.offers IS 'The documents of datasets/offers by which ClientHellos were made: the standard one first, then those of other questions.';
COMMENT ON COLUMN night_conditions.previous_offer IS 'The document that some addresses got instead of the first, for comparison.';
COMMENT ON COLUMN night_conditions.previous_offer_percent IS 'How many in a hundred addresses got that one; 0 but in a night of overlap.';
COMMENT ON COLUMN night_conditions.provider_rules IS 'Version of the providers'' file, and the beginning of its SHA-256; as in planned_call.';
COMMENT ON COLUMN night_conditions.provider_rules_sha256 IS 'SHA-256 of the providers'' file.';
COMMENT ON COLUMN night_conditions.reply_rules IS 'Version of the rules by which replies were understood during the calls.';
COMMENT ON COLUMN night_conditions.program_version IS 'Version of the program.';

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

CREATE TABLE run_request (
    run_request_id bigint      GENERATED ALWAYS AS IDENTITY,
    night          date        NOT NULL REFERENCES night,
    request        text        NOT NULL,
    requested_at   timestamptz NOT NULL,

    CONSTRAINT run_request_pkey PRIMARY KEY (run_request_id),
    CONSTRAINT run_request_known CHECK (request IN ('pause', 'resume', 'stop'))
);

CREATE INDEX run_request_of_night ON run_request (night, run_request_id);

COMMENT ON TABLE run_request IS 'What the operator asked of a night, word by word; the latest one holds.';
COMMENT ON COLUMN run_request.run_request_id IS 'The request.';
COMMENT ON COLUMN run_request.night IS 'The night.';
COMMENT ON COLUMN run_request.request IS 'pause (call nobody until resume), resume, or stop (call nobody more in this night; judge and publish what was measured).';
COMMENT ON COLUMN run_request.requested_at IS 'When it was asked.';
