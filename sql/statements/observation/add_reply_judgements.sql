-- Sorted, so that two writers cannot deadlock.
INSERT INTO reply_judgement (class, rule, reply_code)
SELECT seen.class, seen.rule, seen.reply_code
FROM (
    SELECT DISTINCT given.class, given.rule, given.reply_code
    FROM unnest(:classes, :rules, :reply_codes) AS given (class, rule, reply_code)
) AS seen
WHERE NOT EXISTS (
    SELECT
    FROM reply_judgement AS known
    WHERE known.class = seen.class
      AND known.rule = seen.rule
      AND known.reply_code IS NOT DISTINCT FROM seen.reply_code
)
ORDER BY seen.class, seen.rule, seen.reply_code
ON CONFLICT DO NOTHING
