-- How does the key exchange with ML-KEM spread, night by night?
SELECT night, pct_low, pct, pct_high
FROM pub.adoption
WHERE list_id = 'all' AND weight = 'domain' AND rollup = 'any' AND metric = 'pq_hybrid'
ORDER BY night;
