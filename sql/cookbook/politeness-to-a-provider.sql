-- How often did the census call each provider in the last night, how closely, and how was it answered?
SELECT provider, connections, peak_open, shortest_gap_s, suspensions, class, replies
FROM pub.politeness
WHERE night = (SELECT max(night) FROM pub.night WHERE completed_at IS NOT NULL)
ORDER BY connections DESC, provider, replies DESC, class
LIMIT 50;
