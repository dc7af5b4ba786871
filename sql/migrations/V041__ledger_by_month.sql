-- V041: the ledger and the plan by month, so that whole months can be dropped; and what a pruned night leaves behind. Nothing of them is
-- carried over: nothing was released before (decision 48).

DROP INDEX permit_open, permit_refused, permit_not_standard, permit_by_start, permit_long_wait;

ALTER TABLE permit RENAME TO permit_before;
ALTER TABLE planned_call RENAME TO planned_call_before;
ALTER TABLE planned_precedence RENAME TO planned_precedence_before;

-- No reference to night: dropping a month would lock table night against every reader of it. The permit of a night that has no row is
-- impossible all the same, because permit/commit takes the night from that row.
CREATE TABLE permit (LIKE permit_before INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMMENTS)
    PARTITION BY RANGE (night);
CREATE TABLE planned_call (LIKE planned_call_before INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMMENTS)
    PARTITION BY RANGE (night);
CREATE TABLE planned_precedence (LIKE planned_precedence_before INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMMENTS)
    PARTITION BY RANGE (night);

COMMENT ON TABLE permit IS 'The contact ledger: the right to make one call, committed before its first packet. Serves politeness, crash safety and the published proof. By month; census prune drops old months.';
COMMENT ON TABLE planned_call IS 'The endpoints of a night: whom to call, in which order, and whom not to call and why. By month, as permit is.';
COMMENT ON TABLE planned_precedence IS 'Sets of MX records of a night''s plan that have backups: whom a backup waits for. Sets without a backup are not in it. By month, as permit is.';

DROP TABLE permit_before, planned_call_before, planned_precedence_before;

-- A sequence of its own: PostgreSQL 15 and 16 have no identity column in a partitioned table.
CREATE SEQUENCE permit_id_seq AS bigint;
COMMENT ON SEQUENCE permit_id_seq IS 'Numbers of permits: one row of numbers over all months.';

ALTER TABLE permit
    ALTER COLUMN permit_id SET DEFAULT nextval('census.permit_id_seq'),
    ADD CONSTRAINT permit_pkey PRIMARY KEY (night, permit_id),
    ADD CONSTRAINT permit_attempt_once UNIQUE (night, endpoint_id, attempt);
ALTER SEQUENCE permit_id_seq OWNED BY permit.permit_id;

ALTER TABLE planned_call
    ADD CONSTRAINT planned_call_pkey PRIMARY KEY (night, endpoint_id);

ALTER TABLE planned_precedence
    ADD CONSTRAINT planned_precedence_pkey PRIMARY KEY (night, mx_set_id, endpoint_id);

CREATE INDEX permit_open ON permit (night) WHERE closed_at IS NULL;

-- Refusals by time, a few in a hundred permits.
CREATE INDEX permit_refused ON permit (started_at)
    WHERE signal IN ('blocked_reputation', 'blocked_suspected', 'muted', 'rate_limited', 'greylisted');

-- The old-version campaign's calls, at most a sample a night.
CREATE INDEX permit_not_standard ON permit (endpoint_id, night) WHERE question <> 'standard';

-- Permits are added in the order of start_at, so blocks of a month are ranges of it: this index takes some kilobytes a night.
CREATE INDEX permit_by_start ON permit USING brin (start_at) WITH (pages_per_range = 32);

-- Few replies name more than eight hours. Each night reads those of the last two weeks.
CREATE INDEX permit_long_wait ON permit (ended_at) WHERE stay_away_s > 28800;

ALTER TABLE night ADD COLUMN contacts_pruned_at timestamptz;

COMMENT ON COLUMN night.contacts_pruned_at IS 'When census prune began to drop the night''s permits, plan and raw replies; null while they are kept. Set before the first of them goes, so whoever reads a night without its ledger knows why.';

-- The functions that make months are made anew in views/R__1_months.sql.
