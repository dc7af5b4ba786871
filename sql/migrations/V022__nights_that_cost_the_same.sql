-- V022: what the thirty-second night needs to cost no more than the second: indexes by which the few are found among many
-- nights, and who waits for whom, kept when the plan is made.

CREATE TABLE planned_precedence (
    night       date    NOT NULL REFERENCES night,
    mx_set_id   bigint  NOT NULL,
    endpoint_id bigint  NOT NULL,
    is_best     boolean NOT NULL,

    CONSTRAINT planned_precedence_pkey PRIMARY KEY (night, mx_set_id, endpoint_id)
);

COMMENT ON TABLE planned_precedence IS 'Sets of MX records of a night''s plan that have backups: whom a backup waits for. Sets without a backup are not in it.';
COMMENT ON COLUMN planned_precedence.night IS 'The night.';
COMMENT ON COLUMN planned_precedence.mx_set_id IS 'A set of MX records in use that night.';
COMMENT ON COLUMN planned_precedence.endpoint_id IS 'A server of the set that was to be called when the plan was made.';
COMMENT ON COLUMN planned_precedence.is_best IS 'Whether it is a best-preference server of this set. False: a backup, which is a best-preference server of no set.';

COMMENT ON COLUMN planned_call.donor_endpoint_id IS 'Where the address has more than 20 names: the sampled endpoint on the same address from which this one inherits what does not depend on the name. When the night is judged, one that was really called, where any was.';

-- A night that was planned before this table existed, and is not finished, keeps its order.
DO $$
BEGIN
    IF EXISTS (SELECT FROM census.night WHERE completed_at IS NULL) THEN
        INSERT INTO census.planned_precedence (night, mx_set_id, endpoint_id, is_best)
        SELECT served.night, served.mx_set_id, served.endpoint_id, served.is_best
        FROM (
            SELECT night.night, server.mx_set_id, server.endpoint_id, server.is_best, planned_call.is_primary,
                   bool_or(server.is_best) OVER of_set AND bool_or(NOT planned_call.is_primary) OVER of_set AS is_backed
            FROM census.night
            CROSS JOIN LATERAL census.tonight_set_server(night.night) AS server
            JOIN census.planned_call
                ON planned_call.night = night.night
                AND planned_call.endpoint_id = server.endpoint_id
                AND planned_call.not_attempted IS NULL
            WHERE night.completed_at IS NULL
            WINDOW of_set AS (PARTITION BY night.night, server.mx_set_id)
        ) AS served
        WHERE served.is_backed
          AND (served.is_best OR NOT served.is_primary);
    END IF;
END
$$;

-- All names of an address: who else was called there, and when.
CREATE INDEX endpoint_by_address ON endpoint (address);

-- Refusals by time, a few in a hundred permits.
CREATE INDEX permit_refused ON permit (started_at)
    WHERE signal IN ('blocked_reputation', 'blocked_suspected', 'muted', 'rate_limited', 'greylisted');

-- The old-version campaign's calls, at most a sample a night.
CREATE INDEX permit_not_standard ON permit (endpoint_id, night) WHERE question <> 'standard';

-- Handshakes that broke, a few in a hundred calls.
CREATE INDEX observation_broken ON observation (endpoint_id, night) WHERE tls_failure IS NOT NULL;

CREATE FUNCTION analyze_partition(parent text, for_night date) RETURNS void
    LANGUAGE plpgsql
AS $$
BEGIN
    EXECUTE format('ANALYZE census.%I', parent || to_char(for_night, '"_"YYYY"_"MM'));
END
$$;

COMMENT ON FUNCTION analyze_partition IS 'Gathers statistics of the monthly partition that a night writes to. A fixed number of rows is looked at, however many nights it holds.';
