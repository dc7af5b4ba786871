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
) ON COMMIT DROP;

-- The hosts of each set of MX records in use, with or without servers. is_hidden: it may have a server that is not in
-- tonight_server, because its look-up failed or a cap left some out.
CREATE TEMPORARY TABLE tonight_host (
    mx_set_id    bigint  NOT NULL,
    mail_host_id bigint  NOT NULL,
    is_best      boolean NOT NULL,
    is_hidden    boolean NOT NULL
) ON COMMIT DROP;

-- What each planned server says, and its standing as from roll_up_standing(). A server without a verdict counts, and is
-- unknown. other_family is left here only where the host has another address that we could call.
CREATE TEMPORARY TABLE tonight_answer (
    endpoint_id bigint  NOT NULL,
    standing    text    NOT NULL,
    outcome     text,
    starttls    boolean
) ON COMMIT DROP
