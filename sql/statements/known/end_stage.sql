DROP TABLE noted_server, noted_domain
