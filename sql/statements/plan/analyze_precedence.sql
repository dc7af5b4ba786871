SELECT analyze_partition('planned_precedence', :night)::text
