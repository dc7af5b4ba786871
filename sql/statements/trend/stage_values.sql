-- Temporary tables of the distributions; they end with the transaction.

-- The values of tonight, each once. For certificates: a combination, and each of its parts with all in the other
-- columns.
CREATE TEMPORARY TABLE trend_value (
    value_id  integer GENERATED ALWAYS AS IDENTITY,
    dimension text COLLATE "C"    NOT NULL,
    words     text[] COLLATE "C" NOT NULL,
    UNIQUE (dimension, words)
) ON COMMIT DROP;

-- Servers with the same set of values are one kind: a few thousand kinds for hundreds of thousands of servers.
CREATE TEMPORARY TABLE trend_kind_value (
    kind_id  integer NOT NULL,
    value_id integer NOT NULL
) ON COMMIT DROP;

-- The kind of each server whose handshake finished: it has one version, one cipher suite, one group
-- and one certificate.
CREATE TEMPORARY TABLE trend_shown (
    endpoint_id bigint  NOT NULL,
    kind_id     integer NOT NULL
) ON COMMIT DROP;

-- How the units of a cell stand to a value that none of their servers shows: no, or unknown. Almost all units show
-- almost no value, so they are counted once here for all values; trend_share has the others, value by value.
CREATE TEMPORARY TABLE trend_cell (
    list_id      text COLLATE "C"    NOT NULL,
    weight       text COLLATE "C"    NOT NULL,
    rollup       text COLLATE "C"    NOT NULL,
    n_shown      numeric NOT NULL,
    n_no         numeric NOT NULL,
    n_no_partial numeric NOT NULL,
    n_unknown    numeric NOT NULL,
    n_opted_out  numeric NOT NULL
) ON COMMIT DROP;

-- The units of a cell that show a value: how they stand to it, and (other_*) how they stand in trend_cell, where they
-- are not to be counted again. For the weights provider* also the sums of the providers' percentages.
CREATE TEMPORARY TABLE trend_share (
    list_id          text COLLATE "C"    NOT NULL,
    weight           text COLLATE "C"    NOT NULL,
    rollup           text COLLATE "C"    NOT NULL,
    value_id         integer NOT NULL,
    n_yes            numeric NOT NULL,
    n_yes_partial    numeric NOT NULL,
    n_no             numeric NOT NULL,
    n_no_partial     numeric NOT NULL,
    other_no         numeric NOT NULL,
    other_no_partial numeric NOT NULL,
    other_unknown    numeric NOT NULL,
    of_conclusive    numeric,
    of_all           numeric
) ON COMMIT DROP;

-- The servers behind each list, by provider. The weight provider_excl_top10 leaves out the ten largest providers.
CREATE TEMPORARY TABLE trend_weighted (
    list_id       text COLLATE "C"    NOT NULL,
    provider      text COLLATE "C"    NOT NULL,
    is_top10      boolean NOT NULL,
    endpoint_id   bigint  NOT NULL,
    is_conclusive boolean NOT NULL,
    is_unknown    boolean NOT NULL
) ON COMMIT DROP;

-- The denominator of each provider's share.
CREATE TEMPORARY TABLE trend_provider_base (
    list_id      text COLLATE "C"    NOT NULL,
    provider     text COLLATE "C"    NOT NULL,
    is_top10     boolean NOT NULL,
    n_conclusive numeric,
    n_unknown    numeric NOT NULL,
    n_all        numeric
) ON COMMIT DROP
