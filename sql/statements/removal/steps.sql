-- The night's rows in Spring Batch's tables.
WITH executions AS (
    SELECT execution.job_execution_id, execution.job_instance_id
    FROM batch.batch_job_execution AS execution
    JOIN batch.batch_job_execution_params AS parameter
        ON parameter.job_execution_id = execution.job_execution_id
        AND parameter.parameter_name = 'night'
        AND parameter.parameter_value = :name
),

steps AS (
    SELECT step.step_execution_id
    FROM batch.batch_step_execution AS step
    JOIN executions USING (job_execution_id)
),

of_step_contexts AS (
    DELETE FROM batch.batch_step_execution_context AS context
    USING steps
    WHERE context.step_execution_id = steps.step_execution_id
),

of_steps AS (
    DELETE FROM batch.batch_step_execution AS step
    USING steps
    WHERE step.step_execution_id = steps.step_execution_id
),

of_contexts AS (
    DELETE FROM batch.batch_job_execution_context AS context
    USING executions
    WHERE context.job_execution_id = executions.job_execution_id
),

of_parameters AS (
    DELETE FROM batch.batch_job_execution_params AS parameter
    USING executions
    WHERE parameter.job_execution_id = executions.job_execution_id
),

of_executions AS (
    DELETE FROM batch.batch_job_execution AS execution
    USING executions
    WHERE execution.job_execution_id = executions.job_execution_id
)

DELETE FROM batch.batch_job_instance AS instance
USING executions
WHERE instance.job_instance_id = executions.job_instance_id
