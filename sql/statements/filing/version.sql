-- The version by which a night was judged, as it is published.
SELECT method_version
FROM night_version
WHERE night = :night
  AND is_published
