-- A parameter of a COPY, which takes none: for the transaction only.
SELECT set_config('census.' || :name, :value, true)
