-- Over the seven nights before; 0 if there were none.
SELECT coalesce(sum(newly_blocked) / nullif(sum(servers), 0), 0)::double precision
FROM (
    SELECT servers, newly_blocked
    FROM blocked_share
    WHERE night < :night
    ORDER BY night DESC
    LIMIT 7
) AS week
