-- V008: what the operator asked of a night that runs, or is to go on.

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
