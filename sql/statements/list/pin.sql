INSERT INTO night_list (night, list_edition_id, position, is_accepted_shorter)
VALUES (:night, :edition, :position, :is_accepted_shorter)
ON CONFLICT DO NOTHING
