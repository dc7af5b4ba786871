DELETE FROM host_addresses
WHERE first_night = :night
