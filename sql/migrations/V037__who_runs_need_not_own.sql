-- On a server of the operator's, the role that runs the nights need not own the tables: what only an owner may do in a
-- night is done by these functions, which run with their owner's rights.

ALTER FUNCTION open_partitions(date) SECURITY DEFINER SET search_path = census, pg_temp;
ALTER FUNCTION analyze_partition(text, date) SECURITY DEFINER SET search_path = census, pg_temp;
