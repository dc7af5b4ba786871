-- For the sessions of the pool. A process that is suspended, or whose network has failed, must not hold its locks for
-- ever, because another run may have to continue. So the server ends a session that is idle for a minute; the pool
-- tests each of its connections every half minute. The server detects an unreachable client within half a minute. It
-- detects a connection closed by the client within ten seconds, even during a statement, if its operating system
-- supports that. tcp_user_timeout is not set: it would also end clients that read slowly on purpose, as a replay does.
SELECT pg_backend_pid() AS process,
       set_config('idle_in_transaction_session_timeout', '60s', false),
       set_config('idle_session_timeout', '60s', false),
       set_config('tcp_keepalives_idle', '10', false),
       set_config('tcp_keepalives_interval', '5', false),
       set_config('tcp_keepalives_count', '3', false),
       CASE WHEN version() ~ 'linux' THEN set_config('client_connection_check_interval', '10s', false) END
