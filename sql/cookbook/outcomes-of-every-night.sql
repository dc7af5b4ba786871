-- How did the calls of each night end, in numbers of mail servers?
SELECT night, outcome, count(*) AS servers
FROM pub.server
GROUP BY night, outcome
ORDER BY night, servers DESC, outcome;
