-- The row itself says that it was measured again.
UPDATE assessed_server
SET detail = concat_ws('; ', detail, 'looked at again after the night, at the wish of its postmaster')
WHERE night = :night
