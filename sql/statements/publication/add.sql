INSERT INTO publication (night, published_at, accepted_as)
VALUES (:night, :now, :accepted_as)
