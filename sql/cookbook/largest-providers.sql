-- Which providers receive the mail of most domains, and by which evidence are their servers taken for one provider's?
SELECT provider, domains, servers, servers_yes, servers_unknown, decided_by
FROM pub.provider
WHERE night = (SELECT max(night) FROM pub.night WHERE completed_at IS NOT NULL)
ORDER BY domains DESC, provider
LIMIT 20;
