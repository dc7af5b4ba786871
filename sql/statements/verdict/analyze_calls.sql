-- Of what the calls of a night filled, beside the month's observations.
ANALYZE permit, tls_profile, chain, chain_certificate, certificate, ocsp_response
