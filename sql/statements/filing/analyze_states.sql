ANALYZE server_state, night_version
