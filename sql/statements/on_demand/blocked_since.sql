-- Providers that have blocked us and have not accepted a call since: they get no on-demand calls.
SELECT provider, blocked_since
FROM provider_standing
WHERE provider = ANY (:providers)
