-- politeness.csv: every cell as text, in the columns of datasets/codebook.csv and always in the same order.
SELECT
    night::text          AS night,
    provider,
    connections::text    AS connections,
    peak_open::text      AS peak_open,
    shortest_gap_s::text AS shortest_gap_s,
    suspensions::text    AS suspensions,
    class,
    replies::text        AS replies,
    charged,
    suspended_addresses::text AS suspended_addresses
FROM pub.politeness
WHERE politeness.night = :night
ORDER BY provider COLLATE "C", class COLLATE "C"
