-- Which of the thousand most popular domains have no server that offers STARTTLS?
SELECT listed.list_id, listed.rank, listed.domain, domain.provider
FROM pub.listed
JOIN pub.domain ON domain.night = listed.night AND domain.domain = listed.domain
WHERE listed.night = (SELECT max(night) FROM pub.night WHERE completed_at IS NOT NULL) AND listed.rank <= 1000 AND NOT domain.starttls_any
ORDER BY listed.rank, listed.list_id;
