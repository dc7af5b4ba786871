-- V020: how much of the listed mail stands behind a server, how much of it turned us away each night, and how often a domain comes round.

ALTER TABLE planned_call
    ADD COLUMN domains integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT planned_call_domains_not_negative CHECK (domains >= 0);

COMMENT ON COLUMN planned_call.domains IS 'How many domains of the night have it as a best-preference server; 0 for nights before it was counted.';

ALTER TABLE domain_verdict
    ADD COLUMN measured_within_nights integer,
    ADD CONSTRAINT domain_verdict_comes_round CHECK (measured_within_nights >= 1);

COMMENT ON COLUMN domain_verdict.measured_within_nights IS
    'Within how many nights every best-preference server of the domain has its turn; null where it has none, and for nights before it was kept.';

CREATE TABLE blocked_share (
    night         date   NOT NULL REFERENCES night,
    servers       bigint NOT NULL,
    newly_blocked bigint NOT NULL,

    CONSTRAINT blocked_share_pkey PRIMARY KEY (night),
    CONSTRAINT blocked_share_is_a_part CHECK (newly_blocked BETWEEN 0 AND servers)
);

COMMENT ON TABLE blocked_share IS 'How much of a night''s plan belongs to providers that blocked us first on that night: what is usual, against which the run guard holds the night under way.';
COMMENT ON COLUMN blocked_share.night IS 'The night.';
COMMENT ON COLUMN blocked_share.servers IS 'Servers of the plan, each counted as often as domains have it as a best-preference server.';
COMMENT ON COLUMN blocked_share.newly_blocked IS 'Those of them that belong to newly blocked providers.';
