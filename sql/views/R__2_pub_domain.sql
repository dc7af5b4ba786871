-- One row per listed domain and night. Feeds: domains.csv.gz

CREATE OR REPLACE VIEW pub.domain AS
SELECT
    domain_verdict.night,
    domain.name                             AS domain,
    domain_verdict.rank,
    domain_verdict.route,
    CASE WHEN census.is_opted_out_provider(
                  domain_verdict.provider,
                  (SELECT opt_out_register.register FROM census.opt_out_register)) IS NOT TRUE
        THEN domain_verdict.provider END    AS provider,
    domain_verdict.mx_hosts,
    domain_verdict.starttls_any,
    domain_verdict.starttls_primary,
    domain_verdict.starttls_all_reachable,
    NULL::text                              AS dane,
    NULL::text                              AS mta_sts,
    NULL::text                              AS mta_sts_effect,
    NULL::text                              AS tls_rpt,
    NULL::boolean                           AS authenticated,
    domain_verdict.observed_at,
    domain_verdict.measured,
    domain_verdict.truncated,
    domain_verdict.mixed_provider,
    domain_verdict.measured_within_nights,
    domain_verdict.method_version,
    domain_verdict.hosts_unknown
FROM census.domain_verdict
JOIN census.domain USING (domain_id)
-- domains that opted out have no row in any file
WHERE NOT domain.is_opted_out;

COMMENT ON VIEW pub.domain IS 'One row per listed domain and night: where its mail goes, and three ways to add up its mail servers.';
COMMENT ON COLUMN pub.domain.night IS 'The UTC date on which the night''s window opened.';
COMMENT ON COLUMN pub.domain.domain IS 'The domain: lower case, A-labels, no trailing dot.';
COMMENT ON COLUMN pub.domain.rank IS 'Best rank in any list of the night, 1 is the top; empty where no list ranks it.';
COMMENT ON COLUMN pub.domain.route IS 'Where its mail goes, or how asking the DNS failed; explained under route.';
COMMENT ON COLUMN pub.domain.provider IS 'Provider of its best-preference MX; the first by name where these differ.';
COMMENT ON COLUMN pub.domain.mx_hosts IS 'Number of its usable MX hosts.';
COMMENT ON COLUMN pub.domain.starttls_any IS 'True if any of its MX hosts offers STARTTLS, false if every one that counts does not, else empty: unknown.';
COMMENT ON COLUMN pub.domain.starttls_primary IS 'The same, over its best-preference MX hosts only.';
COMMENT ON COLUMN pub.domain.starttls_all_reachable IS 'True if all MX hosts of which something is known offer STARTTLS, false if one does not, empty if nothing is known of any.';
COMMENT ON COLUMN pub.domain.dane IS 'Verdict on DANE. Not measured yet: empty.';
COMMENT ON COLUMN pub.domain.mta_sts IS 'MTA-STS policy. Not measured yet: empty.';
COMMENT ON COLUMN pub.domain.mta_sts_effect IS 'What that policy would do. Not measured yet: empty.';
COMMENT ON COLUMN pub.domain.tls_rpt IS 'TLS-RPT record. Not measured yet: empty.';
COMMENT ON COLUMN pub.domain.authenticated IS 'Whether a sender can know that it talks to the right server. Not measured yet: empty.';
COMMENT ON COLUMN pub.domain.observed_at IS 'When the last of its servers was observed tonight, UTC.';
COMMENT ON COLUMN pub.domain.measured IS 'Whether one of its servers was called by its own name tonight; explained under measured.';
COMMENT ON COLUMN pub.domain.truncated IS 'Whether a cap of 10 MX hosts, 4 addresses each or 20 servers left some of its servers out.';
COMMENT ON COLUMN pub.domain.mixed_provider IS 'Whether its MX hosts belong to more than one provider.';
COMMENT ON COLUMN pub.domain.measured_within_nights IS 'Within how many nights each of its best-preference servers is called: more than 1 where a provider has more servers than may be called in a night, and for implicit MX; empty where it has no server.';
COMMENT ON COLUMN pub.domain.method_version IS 'Version of the definitions by which it was judged; see datasets/CHANGES.md.';
COMMENT ON COLUMN pub.domain.hosts_unknown IS 'How many of its MX hosts are neither yes nor no tonight and may be either: blocked, unreachable, not called, without an answer from the DNS, or beyond the cap of 10; and, beside a host that counts, one that asked to be left out. 0 where no host counts. Empty where it has no host with an address, where the DNS did not answer.';
