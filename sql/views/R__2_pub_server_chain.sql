-- The verdict of every trust store and every version of the definitions on the chain that a server sent in a night.

CREATE OR REPLACE VIEW pub.server_chain AS
SELECT
    server_verdict.night,
    mail_host.name                              AS mx_host,
    endpoint.address                            AS ip,
    trust_store.name                            AS trust_store,
    trust_store.name = night.trust_store        AS is_published,
    sent.method_version,
    sent.chain,
    coalesce(known.chain, sent.chain)           AS chain_with_known_intermediates,
    sent.weak_key OR sent.weak_signature        AS weak,
    sent.root,
    sent.reasons,
    server_verdict.name_match,
    server_verdict.observed_at,
    server_verdict.revoked,
    sent.chain_id
FROM census.server_verdict
JOIN census.night ON night.night = server_verdict.night
JOIN census.endpoint ON endpoint.endpoint_id = server_verdict.endpoint_id
JOIN census.mail_host USING (mail_host_id)
JOIN census.tls_profile ON tls_profile.tls_profile_id = server_verdict.tls_profile_id
JOIN census.chain_verdict AS sent
    ON sent.chain_id = tls_profile.chain_id
    AND NOT sent.known_intermediates
    AND sent.holds_from <= server_verdict.observed_at
    AND sent.holds_until > server_verdict.observed_at
JOIN census.trust_store ON trust_store.trust_store_id = sent.trust_store_id
LEFT JOIN census.chain_verdict AS known
    ON known.chain_id = sent.chain_id
    AND known.trust_store_id = sent.trust_store_id
    AND known.method_version = sent.method_version
    AND known.known_intermediates
    AND known.holds_from <= server_verdict.observed_at
    AND known.holds_until > server_verdict.observed_at
WHERE server_verdict.outcome <> 'not_attempted_opted_out'
  AND NOT endpoint.is_opted_out;

COMMENT ON VIEW pub.server_chain IS 'One row per mail server and night that showed certificates, trust store and version of the definitions: the verdict on its chain by each. Feeds no file.';
COMMENT ON COLUMN pub.server_chain.night IS 'The UTC date on which the night''s window opened.';
COMMENT ON COLUMN pub.server_chain.mx_host IS 'Name of the mail server.';
COMMENT ON COLUMN pub.server_chain.ip IS 'The address called.';
COMMENT ON COLUMN pub.server_chain.trust_store IS 'The trust store, by name and date.';
COMMENT ON COLUMN pub.server_chain.is_published IS 'Whether this is the night''s own trust store, which pub.server and the files use.';
COMMENT ON COLUMN pub.server_chain.method_version IS 'The version of the definitions.';
COMMENT ON COLUMN pub.server_chain.chain IS 'Verdict on the chain as sent, at the time of the call; explained under chain.';
COMMENT ON COLUMN pub.server_chain.chain_with_known_intermediates IS 'The same, if the intermediates that other servers sent are used too: the verdict of a client that fetches or caches them.';
COMMENT ON COLUMN pub.server_chain.weak IS 'Whether a key of the chain is too short, or a signature in it uses MD5 or SHA-1.';
COMMENT ON COLUMN pub.server_chain.root IS 'Organisation of the root to which it leads, as the trust store spells it; null if it leads to none.';
COMMENT ON COLUMN pub.server_chain.reasons IS 'Reasons, in words of the census.';
COMMENT ON COLUMN pub.server_chain.name_match IS 'Whether the certificate names mx_host; explained under name_match.';
COMMENT ON COLUMN pub.server_chain.observed_at IS 'When the deciding call began, UTC.';
COMMENT ON COLUMN pub.server_chain.revoked IS 'Whether the server''s own certificate was revoked at that time, by the OCSP response that it stapled, as the night''s definitions judged it: the same for every trust store. Null: unknown, as for nearly all servers, because they staple nothing.';
COMMENT ON COLUMN pub.server_chain.chain_id IS 'The chain: pub.chain has its certificates in order.';
