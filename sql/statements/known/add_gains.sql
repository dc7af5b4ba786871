-- Servers that offer STARTTLS, and conclusively did not when they were last known. "No STARTTLS" was confirmed then.
INSERT INTO known_change (night, kind, endpoint_id, before, after, first_seen)
SELECT :night, 'gained_starttls', noted.endpoint_id, 'no_starttls', 'starttls', noted.observed_at
FROM noted_server AS noted
JOIN known_server AS before ON before.endpoint_id = noted.endpoint_id AND before.until_night = :night
WHERE noted.is_new
  AND noted.starttls
  AND NOT before.starttls
