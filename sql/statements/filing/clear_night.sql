-- What an earlier try at the same night has filed.
DELETE FROM server_night
WHERE night = :night
