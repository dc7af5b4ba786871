SELECT is_lab, time_scale, patience_scale, port, confirmation_gap_s, offers, previous_offer, previous_offer_percent,
       provider_rules, provider_rules_sha256, reply_rules, program_version
FROM night_conditions
WHERE night = :night
ORDER BY ordinal
LIMIT 1
