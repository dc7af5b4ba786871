-- The next chains that calls have seen since a night, by id. Each is looked up in the index once, however often it was
-- seen.
SELECT chain.chain_id
FROM chain
WHERE chain.chain_id > :after
  AND EXISTS (
      SELECT
      FROM tls_profile
      CROSS JOIN LATERAL (
          SELECT observation.night
          FROM observation
          WHERE observation.tls_profile_id = tls_profile.tls_profile_id
            AND observation.night >= :since
          LIMIT 1
      ) AS seen
      WHERE tls_profile.chain_id = chain.chain_id
  )
ORDER BY chain.chain_id
LIMIT :most
