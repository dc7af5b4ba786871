INSERT INTO trust_store (name, sha256, added_at)
VALUES (:name, :sha256, :now)
ON CONFLICT (name) DO NOTHING
