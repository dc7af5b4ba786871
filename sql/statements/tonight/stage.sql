-- Working tables of a transaction that asks more than once for tonight's routes: each is walked once, and then known by its statistics.

-- Every listed domain of the night: its route as tonight_route() has it, and its best rank in any list.
CREATE TEMPORARY TABLE tonight_domain (
    domain_id bigint  NOT NULL,
    rank      integer,
    route     text,
    mx_set_id bigint,
    mx_seen   integer
) ON COMMIT DROP;

-- The servers behind each set of MX records in use, as tonight_set_server() has them.
CREATE TEMPORARY TABLE tonight_server (
    mx_set_id    bigint  NOT NULL,
    mail_host_id bigint  NOT NULL,
    endpoint_id  bigint  NOT NULL,
    is_best      boolean NOT NULL,
    truncated    boolean NOT NULL
) ON COMMIT DROP
