CREATE TEMPORARY TABLE staged_line (
    name        text,
    rank        integer,
    line_number bigint,
    reason      text,
    excerpt     bytea
) ON COMMIT DROP
