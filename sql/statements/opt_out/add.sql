-- Adds those who are not there yet, all in one statement: its trigger then marks everybody once.
INSERT INTO opt_out (name, network, since)
SELECT given.name, given.network::cidr, :now
FROM unnest(:names, :networks) AS given (name, network)
ON CONFLICT (name, network) DO NOTHING
