-- If PostgreSQL assumes that the plan has few rows, it joins it row by row in every later query of the night.
SELECT analyze_partition('planned_call', :night)::text
