-- The tables that a night's calls filled, besides the partition of observation.
ANALYZE permit, dialogue, tls_profile, chain, chain_certificate, certificate, ocsp_response
