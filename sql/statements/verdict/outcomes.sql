-- A night's servers by outcome, for the table at the end of a run.
SELECT server_verdict.outcome, server_verdict.starttls, count(*) AS servers
FROM server_verdict
WHERE server_verdict.night = :night
GROUP BY server_verdict.outcome, server_verdict.starttls
ORDER BY servers DESC, server_verdict.outcome
