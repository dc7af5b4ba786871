INSERT INTO night_list (night, list_edition_id, position)
VALUES (:night, :edition, :position)
ON CONFLICT DO NOTHING
