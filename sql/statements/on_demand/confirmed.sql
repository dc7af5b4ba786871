-- The addresses that confirmation/add_confirmed found to have no STARTTLS.
SELECT host(address) AS address
FROM look_confirmed
