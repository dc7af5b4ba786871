ANALYZE domain_state, domain_night
