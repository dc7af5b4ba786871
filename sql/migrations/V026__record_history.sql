-- V026: the step that stores what outlives a night is called record-history. Nights of earlier versions keep their steps
-- under the new name, so that a night that was under way goes on behind the step that it had reached.

UPDATE batch.batch_step_execution SET step_name = 'record-history' WHERE step_name = 'remember';

COMMENT ON COLUMN batch.batch_step_execution.step_name IS
    'list, resolve, plan, call, assess, aggregate, record-history or publish.';
