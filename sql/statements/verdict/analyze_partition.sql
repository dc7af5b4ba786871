SELECT analyze_partition(:parent, :night)::text
