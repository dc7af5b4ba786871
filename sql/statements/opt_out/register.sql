SELECT name, text(network) AS network
FROM opt_out
