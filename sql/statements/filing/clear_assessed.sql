DELETE FROM assessed_server
WHERE night = :night
