-- Wishes whose record was absent on so many nights.
DELETE FROM opt_out_wish
WHERE channel = 'dns'
  AND absent_nights >= :most
