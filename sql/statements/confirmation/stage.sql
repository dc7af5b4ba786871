-- "No STARTTLS" is believed only at a second look (docs/outcomes.md, section 5): two clean observations of the
-- address, by any of its names, far enough apart tonight, or one tonight and one at the last call before tonight; and
-- nothing that speaks against them within 24 hours of either: no negative signal of the provider, no failed
-- handshake of ours to the address.
--
-- It begins with tonight's clean looks, a few in a hundred calls, and asks only for what was seen at their addresses and
-- providers, by index; so its cost does not grow with the nights that are stored. Working tables, because nobody can foretell
-- how many looks are clean: each is filled, counted, and only then joined.

-- Tonight's clean looks.
CREATE TEMPORARY TABLE clean_look (
    address  inet        NOT NULL,
    provider text        NOT NULL,
    first_at timestamptz NOT NULL,
    last_at  timestamptz NOT NULL
) ON COMMIT DROP;

-- Pairs of looks that confirm each other, unless something speaks against them.
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
