-- Sorted, so that the index grows at its end and not in a million random places.
INSERT INTO domain (name)
SELECT DISTINCT staged_line.name COLLATE "C" AS name
FROM staged_line
WHERE staged_line.name IS NOT NULL
  AND NOT EXISTS (SELECT FROM domain WHERE domain.name = staged_line.name)
ORDER BY name
ON CONFLICT (name) DO NOTHING
