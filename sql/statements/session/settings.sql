-- For the sessions of the pool. A process that is stopped, or whose path has fallen silent, must not hold its locks for ever: another
-- run may have to go on. So the server ends a session that is idle for a minute (the pool asks each of its own every half minute), and
-- notices within half a minute that nobody is there any more, and within ten seconds, also while it computes, that its client has closed
-- the connection, where its system can tell. No tcp_user_timeout: it would also end a client that reads slowly on purpose, as a fold does.
SELECT pg_backend_pid() AS process,
       set_config('idle_in_transaction_session_timeout', '60s', false),
       set_config('idle_session_timeout', '60s', false),
       set_config('tcp_keepalives_idle', '10', false),
       set_config('tcp_keepalives_interval', '5', false),
       set_config('tcp_keepalives_count', '3', false),
       CASE WHEN version() ~ 'linux' THEN set_config('client_connection_check_interval', '10s', false) END
