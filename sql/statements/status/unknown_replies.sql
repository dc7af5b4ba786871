-- Replies of a night that match no rule of reply-rules.txt, most frequent first. The next version of the rules is
-- written from them. The window function counts the distinct texts before the limit.
WITH unknown AS (
    SELECT observation.phase, mail_host.name,
           coalesce(
               CASE observation.phase
                   WHEN 'banner' THEN raw_reply.banner
                   WHEN 'ehlo' THEN coalesce(dialogue.helo, dialogue.ehlo)
                   WHEN 'starttls' THEN dialogue.starttls
                   ELSE dialogue.after_tls
               END,
               raw_reply.excerpt,
               ''
           ) AS reply
    FROM permit
    JOIN observation USING (night, endpoint_id, attempt)
    LEFT JOIN dialogue USING (dialogue_id)
    LEFT JOIN raw_reply USING (night, endpoint_id, attempt)
    JOIN endpoint ON endpoint.endpoint_id = permit.endpoint_id
    JOIN mail_host USING (mail_host_id)
    WHERE permit.night = :night
      AND permit.signal = 'other'
      AND permit.rule = 'other'
)

SELECT phase, reply, count(*) AS calls, min(name) AS example, count(*) OVER () AS texts
FROM unknown
GROUP BY phase, reply
ORDER BY calls DESC, phase, reply
LIMIT :most
