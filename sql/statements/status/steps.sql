-- The steps of a night, each with the status of its last execution.
SELECT DISTINCT ON (step.step_name) step.step_name, step.status, step.start_time, step.end_time
FROM batch.batch_step_execution AS step
JOIN batch.batch_job_execution_params AS parameter
    ON parameter.job_execution_id = step.job_execution_id
    AND parameter.parameter_name = 'night'
WHERE parameter.parameter_value = :night
ORDER BY step.step_name, step.step_execution_id DESC
