-- A number from 0 to 1 that depends on nothing but its arguments, so that every run makes the same world.
CREATE OR REPLACE FUNCTION census.draw(number bigint, salt bigint) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT (hashint8extended(number, salt) & 9223372036854775807)::double precision / 9223372036854775807
$$;

-- How often something with this number was renewed until that day, if each is renewed every hundred days: one in a hundred
-- every day.
CREATE OR REPLACE FUNCTION census.renewals(number bigint, day bigint) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT (day + number % 100) / 100
$$;

-- What the handshakes of a server show on a day: one of so many kinds.
CREATE OR REPLACE FUNCTION census.shown_by(number bigint, day bigint) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT sha256(('profile ' || number || ' ' || census.renewals(number, day))::bytea)
$$;

-- How a server answers on a day since 1970: nearly all as ever, one in a hundred otherwise than else.
CREATE OR REPLACE FUNCTION census.manner(endpoint_id bigint, provider text, day bigint) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE
        WHEN census.draw(hashtextextended(provider, 0), 11) < 0.02 THEN 'blocked'
        WHEN lot.drawn < 0.03 THEN 'none'
        WHEN lot.drawn < 0.05 THEN 'broken'
        WHEN lot.drawn < 0.13 THEN 'silent'
        WHEN lot.drawn < 0.16 THEN 'greylisting'
        ELSE 'ok'
    END
    FROM (SELECT census.draw(
        CASE WHEN census.draw(endpoint_id, 1000 + day) < 0.01 THEN endpoint_id + 1000000000 * day ELSE endpoint_id END, 9)) AS lot (drawn)
$$
