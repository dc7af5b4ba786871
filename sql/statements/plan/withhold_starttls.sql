-- Servers that refused STARTTLS for want of a certificate, confirmed and not long ago: STARTTLS is said to each once in
-- :once_in_nights nights, by the first name of its address that is called. Such a server may tell its postmaster of
-- every look. The other names say EHLO alone; that keeps their outcome only if a refusal within these nights, or tonight's
-- answer, stands behind it (verdict/page.sql). After a month the knowledge is out of date, and the server is called
-- like any other.
UPDATE planned_call
SET starttls_refused_on    = refusal.last_night,
    starttls_within_nights = CASE
        WHEN refusal.last_night > :night::date - :once_in_nights::integer THEN :once_in_nights::integer
        WHEN planned_call.endpoint_id <> asking.endpoint_id THEN :once_in_nights::integer
    END
FROM starttls_refusal AS refusal
JOIN endpoint ON endpoint.address = refusal.address
CROSS JOIN LATERAL (
    SELECT first_call.endpoint_id
    FROM endpoint AS name
    JOIN planned_call AS first_call ON first_call.night = :night AND first_call.endpoint_id = name.endpoint_id
    WHERE name.address = refusal.address
      AND first_call.not_attempted IS NULL
    ORDER BY first_call.position
    LIMIT 1
) AS asking
WHERE refusal.last_night BETWEEN :night::date - 30 AND :night::date - 1
  AND planned_call.night = :night
  AND planned_call.endpoint_id = endpoint.endpoint_id
  AND planned_call.not_attempted IS NULL
