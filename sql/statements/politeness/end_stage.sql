DROP TABLE polite_server, polite_call
