-- Temporary tables of the standard errors (docs/sampling.md); they end with the transaction. All are empty in a night
-- into which everybody fitted.

-- Servers that were drawn for tonight. Those with the same drawn_as are drawn as one. correction: 1 less the share of
-- units that a night draws, the finite-population correction.
CREATE TEMPORARY TABLE trend_draw (
    endpoint_id bigint           NOT NULL,
    drawn_as    bigint           NOT NULL,
    correction  double precision NOT NULL
) ON COMMIT DROP;

-- Sets of MX records with a drawn server. If two of its servers were drawn apart, the set counts with one of them.
CREATE TEMPORARY TABLE trend_drawn_set (
    mx_set_id  bigint           NOT NULL,
    drawn_as   bigint           NOT NULL,
    correction double precision NOT NULL
) ON COMMIT DROP;

-- Hosts and addresses with a drawn server: one of the two columns is null.
CREATE TEMPORARY TABLE trend_drawn_unit (
    list_id      text COLLATE "C" NOT NULL,
    weight       text COLLATE "C" NOT NULL,
    mail_host_id bigint,
    address      inet,
    drawn_as     bigint           NOT NULL,
    correction   double precision NOT NULL
) ON COMMIT DROP;

-- The answers of the units of one draw, and the number of draws with exactly the same.
CREATE TEMPORARY TABLE trend_drawn (
    list_id    text COLLATE "C" NOT NULL,
    weight     text COLLATE "C" NOT NULL,
    rollup     text COLLATE "C" NOT NULL,
    rank_band  text COLLATE "C" NOT NULL,
    draw       bigint           NOT NULL,
    draws      bigint           NOT NULL,
    correction double precision NOT NULL,
    yes        bit varying      NOT NULL,
    no         bit varying      NOT NULL,
    units      bigint           NOT NULL
) ON COMMIT DROP;

-- Sums over the draws of a cell, each times its correction: of the squares of the units that have it (yy), of the
-- products of these and of those that are known (yd), and of the squares of those that are known (dd). The variance of
-- the share p = y / d is (yy - 2 p yd + p^2 dd) / d^2.
CREATE TEMPORARY TABLE trend_error (
    list_id   text COLLATE "C" NOT NULL,
    weight    text COLLATE "C" NOT NULL,
    rollup    text COLLATE "C" NOT NULL,
    rank_band text COLLATE "C" NOT NULL,
    metric    text COLLATE "C" NOT NULL,
    yy        double precision NOT NULL,
    yd        double precision NOT NULL,
    dd        double precision NOT NULL
) ON COMMIT DROP;

-- The same of distributions. dd is that of all values of a cell, and is in the row without a value.
CREATE TEMPORARY TABLE trend_value_error (
    list_id  text COLLATE "C" NOT NULL,
    weight   text COLLATE "C" NOT NULL,
    rollup   text COLLATE "C" NOT NULL,
    value_id integer,
    yy       double precision NOT NULL,
    yd       double precision NOT NULL,
    dd       double precision NOT NULL
) ON COMMIT DROP
