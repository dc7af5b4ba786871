-- Whether the verdicts on a night's servers are filed, and none waits to be.
SELECT EXISTS (SELECT FROM night_version WHERE night = :night AND is_published)
       AND NOT EXISTS (SELECT FROM assessed_server WHERE night = :night)
