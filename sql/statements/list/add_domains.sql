-- Sorted, so that the index grows at its end and not in a million random places.
INSERT INTO domain (name)
SELECT DISTINCT staged_line.name
FROM staged_line
WHERE staged_line.name IS NOT NULL
  AND NOT EXISTS (SELECT FROM domain WHERE domain.name = staged_line.name)
ORDER BY staged_line.name COLLATE "C"
ON CONFLICT (name) DO NOTHING
