-- Temporary tables from which the plan is made; they end with the transaction.
CREATE TEMPORARY TABLE plan_server (
    mx_set_id    bigint,
    endpoint_id  bigint,
    mail_host_id bigint,
    is_best      boolean,
    is_implicit  boolean,
    is_opted_out boolean,
    address      inet,
    prefix       cidr
) ON COMMIT DROP;

-- The provider of each host by its names. is_vanity: the host has the name of the only customer it serves, so its name
-- does not identify its provider.
CREATE TEMPORARY TABLE plan_host (
    mail_host_id bigint,
    provider     text,
    source       text,
    registrable  text,
    is_vanity    boolean DEFAULT false
) ON COMMIT DROP;

-- is_pool: some of these hosts are servers that customers run.
CREATE TEMPORARY TABLE plan_neighbour (
    prefix   cidr,
    provider text,
    is_pool  boolean
) ON COMMIT DROP;

-- Addresses that may be charged with their own refusals, and the sets of MX records that they are in.
CREATE TEMPORARY TABLE plan_charged (
    address   inet PRIMARY KEY,
    mail_sets bigint[]
) ON COMMIT DROP
