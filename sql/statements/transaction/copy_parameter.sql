-- Sets a parameter for a COPY, which takes no parameters itself; for the transaction only.
SELECT set_config('census.' || :name, :value, true)
