-- A domain gains STARTTLS when one of its servers is known to offer it, unless one night alone had shown that none did.
-- It loses STARTTLS when a second night shows that none does.
WITH shown AS (
    SELECT known.domain_id, known.first_night, known.second_night, known.starttls_any,
           lag(known.starttls_any) OVER (PARTITION BY known.domain_id ORDER BY known.first_night) AS before
    FROM noted_domain AS noted
    JOIN known_domain AS known USING (domain_id)
),

numbered AS (
    SELECT domain_id, first_night, second_night, starttls_any,
           count(*) FILTER (WHERE starttls_any IS DISTINCT FROM before)
               OVER (PARTITION BY domain_id ORDER BY first_night) AS run,
           starttls_any IS DISTINCT FROM before AS is_first
    FROM shown
),

run AS (
    SELECT domain_id, run, bool_and(starttls_any) AS starttls_any, min(first_night) AS first_night,
           least(min(second_night), min(first_night) FILTER (WHERE NOT is_first)) AS second_night
    FROM numbered
    GROUP BY domain_id, run
),

compared AS (
    SELECT domain_id, run, starttls_any, first_night, second_night,
           lag(second_night) OVER (PARTITION BY domain_id ORDER BY run) AS before_second_night
    FROM run
)

INSERT INTO known_change (night, kind, domain_id, before, after)
SELECT :night, CASE WHEN starttls_any THEN 'gained_starttls' ELSE 'starttls_lost' END, domain_id,
       CASE WHEN starttls_any THEN 'no_starttls' ELSE 'starttls' END,
       CASE WHEN starttls_any THEN 'starttls' ELSE 'no_starttls' END
FROM compared
WHERE run > 1
  AND CASE WHEN starttls_any THEN first_night = :night AND before_second_night IS NOT NULL
           ELSE second_night = :night END
