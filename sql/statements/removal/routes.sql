-- What was first seen on the night, if it is the last one.
DELETE FROM mail_route
WHERE first_night = :night
