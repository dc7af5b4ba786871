-- With the small tables that name a night's rows: autovacuum leaves those out that gain a row a night.
ANALYZE server_state, night_version, night, night_list, list_edition
