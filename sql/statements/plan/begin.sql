-- What the plan is drawn up on; gone with the transaction.
CREATE TEMPORARY TABLE plan_server (
    mx_set_id    bigint,
    endpoint_id  bigint,
    mail_host_id bigint,
    is_best      boolean,
    is_implicit  boolean,
    address      inet,
    prefix       cidr
) ON COMMIT DROP;

-- What the names tell of who runs a host. is_vanity: it bears the name of the only customer it serves, so they tell nothing.
CREATE TEMPORARY TABLE plan_host (
    mail_host_id bigint,
    provider     text,
    source       text,
    registrable  text,
    is_vanity    boolean DEFAULT false
) ON COMMIT DROP;

CREATE TEMPORARY TABLE plan_neighbour (
    prefix   cidr,
    provider text
) ON COMMIT DROP
