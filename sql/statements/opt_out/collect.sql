-- Whom the night's look-ups have found, and who is not left out yet.
INSERT INTO opt_out_found (name, network, record, night, seen_at)
SELECT DISTINCT ON (given.name, given.network) given.name, given.network::cidr, given.record, :night, :now
FROM unnest(:names, :networks, :records) AS given (name, network, record)
WHERE NOT EXISTS (
    SELECT
    FROM opt_out
    WHERE opt_out.name IS NOT DISTINCT FROM given.name
      AND opt_out.network IS NOT DISTINCT FROM given.network::cidr
)
ORDER BY given.name, given.network, given.record
ON CONFLICT (name, network) DO UPDATE
SET record = excluded.record, night = excluded.night, seen_at = excluded.seen_at
