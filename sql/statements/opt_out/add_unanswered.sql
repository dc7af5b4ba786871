INSERT INTO opt_out_unanswered (night, address)
SELECT :night, unnest(:addresses)::inet
ON CONFLICT (night, address) DO NOTHING
