-- For the session that has the run lock and nothing else. Its holder speaks once a second; the server ends a session that is silent
-- for longer than :silence, and so the lock is free. Who waits for the end of an earlier session of its own does so for four seconds.
SELECT set_config('application_name', :name, false),
       set_config('idle_session_timeout', :silence, false),
       set_config('lock_timeout', '4s', false),
       set_config('tcp_keepalives_idle', '10', false),
       set_config('tcp_keepalives_interval', '5', false),
       set_config('tcp_keepalives_count', '3', false)
