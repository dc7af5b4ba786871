-- How one metric builds on another. Used by the step aggregate.

CREATE OR REPLACE FUNCTION trend_answer(gate text, finding boolean)
    RETURNS text
    LANGUAGE sql IMMUTABLE
AS $$
    SELECT CASE gate
        WHEN 'yes' THEN CASE finding WHEN true THEN 'yes' WHEN false THEN 'no' ELSE 'unknown' END
        WHEN 'no' THEN 'out'
        ELSE gate
    END
$$;

COMMENT ON FUNCTION trend_answer IS
    'A server''s answer to a metric whose denominator is the yes of another one, the gate. Only a yes there can be a yes or a no here (a null finding is unknown); a no there is out of this metric; an unknown there might be in it, so it stays unknown; out stays out.';
