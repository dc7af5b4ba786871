-- A number from 0 to 1 that depends on nothing but its arguments, so that every run makes the same world.
CREATE OR REPLACE FUNCTION census.draw(number bigint, salt bigint) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT (hashint8extended(number, salt) & 9223372036854775807)::double precision / 9223372036854775807
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
