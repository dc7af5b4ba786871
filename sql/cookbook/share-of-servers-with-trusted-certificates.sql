-- Which share of the mail servers that finish a handshake shows a trusted certificate for its name, night by night?
SELECT night, pct_low, pct, pct_high, n_yes, n_no, n_unknown
FROM pub.adoption
WHERE list_id = 'all' AND weight = 'mx_host' AND rollup = '' AND metric = 'pkix_valid_mx'
ORDER BY night;
