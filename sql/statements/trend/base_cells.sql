-- By all_reachable a host that shows something else, and to which nothing can be added, is a no. By the other roll-ups
-- everything must be known.
INSERT INTO trend_cell (list_id, weight, rollup, n_shown, n_no, n_no_partial, n_unknown, n_opted_out)
SELECT list_id, weight, rollup,
       coalesce(sum(providers * units) FILTER (WHERE shows), 0),
       coalesce(sum(providers * units) FILTER (WHERE CASE rollup WHEN 'all_reachable' THEN is_firm
                                                     ELSE shows AND NOT is_open END), 0),
       coalesce(sum(providers * units) FILTER (WHERE rollup = 'all_reachable' AND is_firm AND is_open), 0),
       coalesce(sum(providers * units) FILTER (WHERE is_open AND NOT (rollup = 'all_reachable' AND is_firm)), 0),
       coalesce(sum(providers * units) FILTER (WHERE is_opted_out), 0)
FROM trend_tally
WHERE weight <> 'domain_rankband'
GROUP BY list_id, weight, rollup
