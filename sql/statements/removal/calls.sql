-- How many calls were permitted in a night, those of `census check` included. Where its permits were dropped (census
-- prune): how many are known to have been made.
SELECT greatest(
    (SELECT count(*) FROM permit WHERE permit.night = :night),
    (SELECT count(*) FROM contact WHERE contact.night = :night)
)
