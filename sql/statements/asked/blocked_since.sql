-- Providers that have blocked us and have not welcomed us since: nobody calls them out of turn.
SELECT provider, blocked_since
FROM provider_standing
WHERE provider = ANY (:providers)
