-- "No STARTTLS" must be confirmed (docs/outcomes.md, section 5). That needs two clean observations of the address, by
-- any of its names: both tonight and far enough apart, or one tonight and one at the last call before tonight. Within
-- 24 hours of either there may be no negative signal of the provider and no failed handshake to the address.
--
-- It starts from tonight's clean observations, a few in a hundred calls, and reads only the rows of their addresses and
-- providers, by index. So its cost does not grow with the number of stored nights. Temporary tables, because the
-- planner cannot estimate the number of clean observations: each table is filled, analysed, and only then joined.

-- Tonight's clean observations.
CREATE TEMPORARY TABLE clean_look (
    address  inet        NOT NULL,
    provider text        NOT NULL,
    first_at timestamptz NOT NULL,
    last_at  timestamptz NOT NULL
) ON COMMIT DROP;

-- Pairs of observations that confirm each other unless something contradicts them.
CREATE TEMPORARY TABLE look_pair (
    address  inet        NOT NULL,
    provider text        NOT NULL,
    first_at timestamptz NOT NULL,
    last_at  timestamptz NOT NULL
) ON COMMIT DROP;

-- Negative signals near any of them.
CREATE TEMPORARY TABLE look_refusal (
    provider   text        NOT NULL,
    started_at timestamptz NOT NULL
) ON COMMIT DROP
