INSERT INTO planned_call (night, endpoint_id, position, address, prefix, provider, provider_source, provider_rules, is_primary,
                          is_implicit, is_known, measured_within_nights, not_attempted, detail, donor_endpoint_id)
SELECT :night, given.endpoint_id, given.position, given.address::inet, given.prefix::cidr, given.provider,
       given.provider_source, :provider_rules, given.is_primary, given.is_implicit, given.is_known, given.within,
       given.not_attempted, given.detail, given.donor
FROM unnest(:endpoint_ids, :positions, :addresses, :prefixes, :providers, :provider_sources, :primaries, :implicits, :known,
            :within, :not_attempted, :details, :donors)
    AS given (endpoint_id, position, address, prefix, provider, provider_source, is_primary, is_implicit, is_known, within,
              not_attempted, detail, donor)
