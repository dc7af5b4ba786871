INSERT INTO list_edition (list_id, sha256, file, bytes, lines, accepted, rejected, blank, duplicates, read_at)
VALUES (:list_id, :sha256, :file, :bytes, :lines, :accepted, :rejected, :blank, 0, :now)
RETURNING list_edition_id
