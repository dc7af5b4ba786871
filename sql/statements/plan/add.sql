INSERT INTO planned_call (night, endpoint_id, position, address, prefix, provider, provider_source, provider_rules,
                          is_primary,
                          is_implicit, is_known, domains, measured_within_nights, drawn_as, not_attempted, detail,
                          donor_endpoint_id, mail_sets)
SELECT :night, given.endpoint_id, given.position, given.address::inet, given.prefix::cidr, given.provider,
       given.provider_source, :provider_rules, given.is_primary, given.is_implicit, given.is_known, given.domains,
       given.within, given.drawn_as,
       given.not_attempted, given.detail, given.donor,
       CASE WHEN charges_address(given.provider_source) THEN plan_charged.mail_sets END
FROM unnest(:endpoint_ids, :positions, :addresses, :prefixes, :providers, :provider_sources, :primaries, :implicits,
            :known,
            :domains, :within, :drawn, :not_attempted, :details, :donors)
    AS given (endpoint_id, position, address, prefix, provider, provider_source, is_primary, is_implicit, is_known,
              domains, within, drawn_as, not_attempted, detail, donor)
LEFT JOIN plan_charged ON plan_charged.address = given.address::inet
