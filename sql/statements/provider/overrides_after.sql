-- The operator overrides after :after, in order.
SELECT provider_word_id, provider, word, said_at, said_by, reason
FROM provider_word
WHERE provider_word_id > :after
ORDER BY provider_word_id
