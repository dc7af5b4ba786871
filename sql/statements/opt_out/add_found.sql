-- All in one statement: its trigger then marks everybody once.
INSERT INTO opt_out (name, network, since)
SELECT name, network, seen_at
FROM opt_out_found
ON CONFLICT (name, network) DO NOTHING
