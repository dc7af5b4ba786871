-- V101: Spring Batch's own book-keeping, in a schema of its own. Table definitions are those of Spring Batch 6.0
-- (spring-batch-core, schema-postgresql.sql, Apache-2.0), in lower case; only names of schema and comments are ours.

CREATE SCHEMA batch;
COMMENT ON SCHEMA batch IS 'Spring Batch''s book-keeping of runs and steps. No measurement stands here; researchers want pub.';

CREATE TABLE batch.batch_job_instance (
    job_instance_id bigint NOT NULL PRIMARY KEY,
    version         bigint,
    job_name        varchar(100) NOT NULL,
    job_key         varchar(32) NOT NULL,
    CONSTRAINT job_inst_un UNIQUE (job_name, job_key)
);

CREATE TABLE batch.batch_job_execution (
    job_execution_id bigint NOT NULL PRIMARY KEY,
    version          bigint,
    job_instance_id  bigint NOT NULL,
    create_time      timestamp NOT NULL,
    start_time       timestamp,
    end_time         timestamp,
    status           varchar(10),
    exit_code        varchar(2500),
    exit_message     varchar(2500),
    last_updated     timestamp,
    CONSTRAINT job_inst_exec_fk FOREIGN KEY (job_instance_id) REFERENCES batch.batch_job_instance (job_instance_id)
);

CREATE TABLE batch.batch_job_execution_params (
    job_execution_id bigint NOT NULL,
    parameter_name   varchar(100) NOT NULL,
    parameter_type   varchar(100) NOT NULL,
    parameter_value  varchar(2500),
    identifying      char(1) NOT NULL,
    CONSTRAINT job_exec_params_fk FOREIGN KEY (job_execution_id) REFERENCES batch.batch_job_execution (job_execution_id)
);

CREATE TABLE batch.batch_step_execution (
    step_execution_id  bigint NOT NULL PRIMARY KEY,
    version            bigint NOT NULL,
    step_name          varchar(100) NOT NULL,
    job_execution_id   bigint NOT NULL,
    create_time        timestamp NOT NULL,
    start_time         timestamp,
    end_time           timestamp,
    status             varchar(10),
    commit_count       bigint,
    read_count         bigint,
    filter_count       bigint,
    write_count        bigint,
    read_skip_count    bigint,
    write_skip_count   bigint,
    process_skip_count bigint,
    rollback_count     bigint,
    exit_code          varchar(2500),
    exit_message       varchar(2500),
    last_updated       timestamp,
    CONSTRAINT job_exec_step_fk FOREIGN KEY (job_execution_id) REFERENCES batch.batch_job_execution (job_execution_id)
);

CREATE TABLE batch.batch_step_execution_context (
    step_execution_id  bigint NOT NULL PRIMARY KEY,
    short_context      varchar(2500) NOT NULL,
    serialized_context text,
    CONSTRAINT step_exec_ctx_fk FOREIGN KEY (step_execution_id) REFERENCES batch.batch_step_execution (step_execution_id)
);

CREATE TABLE batch.batch_job_execution_context (
    job_execution_id   bigint NOT NULL PRIMARY KEY,
    short_context      varchar(2500) NOT NULL,
    serialized_context text,
    CONSTRAINT job_exec_ctx_fk FOREIGN KEY (job_execution_id) REFERENCES batch.batch_job_execution (job_execution_id)
);

CREATE SEQUENCE batch.batch_step_execution_seq MAXVALUE 9223372036854775807 NO CYCLE;
CREATE SEQUENCE batch.batch_job_execution_seq MAXVALUE 9223372036854775807 NO CYCLE;
CREATE SEQUENCE batch.batch_job_instance_seq MAXVALUE 9223372036854775807 NO CYCLE;

COMMENT ON TABLE batch.batch_job_instance IS 'One row per night: a job name with its identifying parameters.';
COMMENT ON COLUMN batch.batch_job_instance.job_instance_id IS 'The night''s job instance.';
COMMENT ON COLUMN batch.batch_job_instance.version IS 'Counter for optimistic locking.';
COMMENT ON COLUMN batch.batch_job_instance.job_name IS 'Always nightlyCensus.';
COMMENT ON COLUMN batch.batch_job_instance.job_key IS 'Digest of the identifying parameters.';

COMMENT ON TABLE batch.batch_job_execution IS 'One row per start or restart of a night.';
COMMENT ON COLUMN batch.batch_job_execution.job_execution_id IS 'The execution of the job.';
COMMENT ON COLUMN batch.batch_job_execution.version IS 'Counter for optimistic locking.';
COMMENT ON COLUMN batch.batch_job_execution.job_instance_id IS 'The night''s job instance.';
COMMENT ON COLUMN batch.batch_job_execution.create_time IS 'When the row was made, in UTC.';
COMMENT ON COLUMN batch.batch_job_execution.start_time IS 'When it started, in UTC.';
COMMENT ON COLUMN batch.batch_job_execution.end_time IS 'When it ended, in UTC; null while it runs or after a kill.';
COMMENT ON COLUMN batch.batch_job_execution.status IS 'STARTED, COMPLETED, FAILED, STOPPED ...';
COMMENT ON COLUMN batch.batch_job_execution.exit_code IS 'Exit code of Spring Batch.';
COMMENT ON COLUMN batch.batch_job_execution.exit_message IS 'Stack trace or message of a failure.';
COMMENT ON COLUMN batch.batch_job_execution.last_updated IS 'Last write to this row, in UTC.';

COMMENT ON TABLE batch.batch_job_execution_params IS 'The parameters a night was started with.';
COMMENT ON COLUMN batch.batch_job_execution_params.job_execution_id IS 'The execution of the job.';
COMMENT ON COLUMN batch.batch_job_execution_params.parameter_name IS 'Name of the parameter.';
COMMENT ON COLUMN batch.batch_job_execution_params.parameter_type IS 'Java type of the parameter.';
COMMENT ON COLUMN batch.batch_job_execution_params.parameter_value IS 'Value of the parameter as text.';
COMMENT ON COLUMN batch.batch_job_execution_params.identifying IS 'Y if it is part of the job instance''s identity.';

COMMENT ON TABLE batch.batch_step_execution IS 'One row per execution of a step.';
COMMENT ON COLUMN batch.batch_step_execution.step_execution_id IS 'The execution of the step.';
COMMENT ON COLUMN batch.batch_step_execution.version IS 'Counter for optimistic locking.';
COMMENT ON COLUMN batch.batch_step_execution.step_name IS 'list, resolve, plan, call, assess, aggregate, record-history or publish.';
COMMENT ON COLUMN batch.batch_step_execution.job_execution_id IS 'The execution of the job.';
COMMENT ON COLUMN batch.batch_step_execution.create_time IS 'When the row was made, in UTC.';
COMMENT ON COLUMN batch.batch_step_execution.start_time IS 'When it started, in UTC.';
COMMENT ON COLUMN batch.batch_step_execution.end_time IS 'When it ended, in UTC; null while it runs or after a kill.';
COMMENT ON COLUMN batch.batch_step_execution.status IS 'STARTED, COMPLETED, FAILED, STOPPED ...';
COMMENT ON COLUMN batch.batch_step_execution.commit_count IS 'Chunks committed.';
COMMENT ON COLUMN batch.batch_step_execution.read_count IS 'Items read.';
COMMENT ON COLUMN batch.batch_step_execution.filter_count IS 'Items filtered.';
COMMENT ON COLUMN batch.batch_step_execution.write_count IS 'Items written.';
COMMENT ON COLUMN batch.batch_step_execution.read_skip_count IS 'Items skipped while reading: our own faults.';
COMMENT ON COLUMN batch.batch_step_execution.write_skip_count IS 'Items skipped while writing: our own faults.';
COMMENT ON COLUMN batch.batch_step_execution.process_skip_count IS 'Items skipped while processing: our own faults.';
COMMENT ON COLUMN batch.batch_step_execution.rollback_count IS 'Transactions rolled back.';
COMMENT ON COLUMN batch.batch_step_execution.exit_code IS 'Exit code of Spring Batch.';
COMMENT ON COLUMN batch.batch_step_execution.exit_message IS 'Stack trace or message of a failure.';
COMMENT ON COLUMN batch.batch_step_execution.last_updated IS 'Last write to this row, in UTC.';

COMMENT ON TABLE batch.batch_step_execution_context IS 'What a step keeps for its restart.';
COMMENT ON COLUMN batch.batch_step_execution_context.step_execution_id IS 'The execution of the step.';
COMMENT ON COLUMN batch.batch_step_execution_context.short_context IS 'The context, or its beginning.';
COMMENT ON COLUMN batch.batch_step_execution_context.serialized_context IS 'The whole context where it is long.';

COMMENT ON TABLE batch.batch_job_execution_context IS 'What a job keeps for its restart.';
COMMENT ON COLUMN batch.batch_job_execution_context.job_execution_id IS 'The execution of the job.';
COMMENT ON COLUMN batch.batch_job_execution_context.short_context IS 'The context, or its beginning.';
COMMENT ON COLUMN batch.batch_job_execution_context.serialized_context IS 'The whole context where it is long.';
