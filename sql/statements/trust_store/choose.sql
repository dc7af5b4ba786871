INSERT INTO trust_store_choice (trust_store_id, source, chosen_at)
VALUES (:trust_store_id, :source, :now)
