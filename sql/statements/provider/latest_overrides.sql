-- The latest operator override of each provider that has any.
SELECT DISTINCT ON (provider) provider_word_id, provider, word, said_at, said_by, reason
FROM provider_word
ORDER BY provider, provider_word_id DESC
