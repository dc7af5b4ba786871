-- Which share of domains has a best-preference server that offers STARTTLS, night by night, and how much of that is known?
SELECT night, pct_low, pct, pct_high, coverage
FROM pub.adoption
WHERE list_id = 'all' AND weight = 'domain' AND rollup = 'primary' AND metric = 'starttls_offered'
ORDER BY night;
