-- For the session that is used only for the run lock. Its holder sends a query once a second. The server ends a session
-- that is silent for longer than :silence; that releases the lock. A process waits four seconds for the end of its own
-- earlier session.
SELECT set_config('application_name', :name, false),
       set_config('idle_session_timeout', :silence, false),
       set_config('lock_timeout', '4s', false),
       set_config('tcp_keepalives_idle', '10', false),
       set_config('tcp_keepalives_interval', '5', false),
       set_config('tcp_keepalives_count', '3', false)
