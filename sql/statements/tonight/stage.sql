-- Temporary tables of a transaction that needs tonight's routes more than once: the routes are read once, and the
-- tables have statistics.

-- Every listed domain of the night: its route as from tonight_route(), and its best rank in any list.
CREATE TEMPORARY TABLE tonight_domain (
    domain_id bigint  NOT NULL,
    rank      integer,
    route     text,
    mx_set_id bigint,
    mx_seen   integer
) ON COMMIT DROP;

-- The servers behind each set of MX records in use, as from tonight_set_server().
CREATE TEMPORARY TABLE tonight_server (
    mx_set_id    bigint  NOT NULL,
    mail_host_id bigint  NOT NULL,
    endpoint_id  bigint  NOT NULL,
    is_best      boolean NOT NULL,
    truncated    boolean NOT NULL
) ON COMMIT DROP
