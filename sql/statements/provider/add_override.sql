INSERT INTO provider_word (provider, word, said_at, said_by, reason)
VALUES (:provider, :word, :said_at, :said_by, :reason)
