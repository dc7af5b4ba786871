-- "No STARTTLS" must be confirmed (docs/outcomes.md, section 5). That needs two clean observations of the address, by
-- any of its names: both tonight and far enough apart, or one tonight and one at the last call before tonight. Within
-- 24 hours of either there may be no negative signal of the provider and no failed handshake to the address. And no
-- handshake may have finished there tonight or lately, by any of its names, with an on-demand call or without.
--
-- A night that was published rests on what was known until it was judged (known_until): calls of census check that came
-- later stand in its ledger too, and change nothing.
--
-- It starts from tonight's clean observations, a few in a hundred calls, which have an index of their own. Of their
-- addresses it reads only ranges of the key of observation: (endpoint_id, night). So its cost does not grow with the
-- number of stored nights, or with the size of a provider. Temporary tables, because the planner cannot estimate the
-- number of clean observations: each table is filled, analysed, and only then joined.

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

-- What the addresses of these observations showed on single nights, tonight too: only nights that showed something.
CREATE TEMPORARY TABLE look_night (
    address        inet NOT NULL,
    night          date NOT NULL,
    first_clean    timestamptz,
    last_handshake timestamptz
) ON COMMIT DROP;

-- And on all these nights together: whether a handshake followed a clean observation, the last night with a handshake,
-- and how many nights with a clean observation came after it, with tonight and without.
CREATE TEMPORARY TABLE look_history (
    address               inet    NOT NULL,
    is_inconsistent       boolean NOT NULL,
    last_handshake        date,
    nights_without        bigint  NOT NULL,
    nights_without_before bigint  NOT NULL
) ON COMMIT DROP;

-- When looks would be within 24 hours of a negative signal, by provider.
CREATE TEMPORARY TABLE look_refusal (
    provider text           NOT NULL,
    around   tstzmultirange NOT NULL
) ON COMMIT DROP;

-- The addresses that are confirmed to have none.
CREATE TEMPORARY TABLE look_confirmed (
    address inet NOT NULL
) ON COMMIT DROP
