-- Whose chains are not trusted, and why?
SELECT provider, chain, count(*) AS servers
FROM pub.server
WHERE night = (SELECT max(night) FROM pub.night WHERE completed_at IS NOT NULL) AND chain <> 'trusted'
GROUP BY provider, chain
ORDER BY servers DESC, provider, chain
LIMIT 20;
