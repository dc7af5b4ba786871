-- The tables that a night's calls filled, besides those that are kept by month.
ANALYZE dialogue, tls_profile, chain, chain_certificate, certificate, ocsp_response
