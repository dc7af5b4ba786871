-- The night's new rows, and the index by which a whole night is found: autovacuum comes too late for the next step.
SELECT analyze_partition('server_night', :night)::text AS analyzed,
       (SELECT brin_summarize_new_values(part.indexrelid)
        FROM pg_index AS part
        JOIN pg_inherits ON pg_inherits.inhrelid = part.indexrelid
        WHERE pg_inherits.inhparent = 'census.server_night_by_night'::regclass
          AND part.indrelid = ('census.server_night' || to_char(:night::date, '"_"YYYY"_"MM'))::regclass) AS summarized
