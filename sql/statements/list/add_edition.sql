INSERT INTO list_edition
    (list_id, sha256, file, bytes, lines, accepted, rejected, blank, duplicates, read_at, text_bytes)
VALUES (:list_id, :sha256, :file, :bytes, :lines, :accepted, :rejected, :blank, 0, :now, :text_bytes)
RETURNING list_edition_id
