SELECT provider, blocked_since
FROM provider_standing
