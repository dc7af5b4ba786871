-- Adoption of each feature. Feeds: adoption.csv
CREATE OR REPLACE VIEW pub.adoption AS
SELECT night, list_id, weight, rollup, metric, rank_band, n_yes, n_no, n_unknown, n_opted_out, pct, pct_low, pct_high, coverage,
       method_version, n_yes_partial, n_no_partial, standard_error
FROM census.adoption;

COMMENT ON VIEW pub.adoption IS 'How many have what: one row per night, list, weight, roll-up, metric and band of rank. Never a ratio without its base.';
COMMENT ON COLUMN pub.adoption.night IS 'The UTC date on which the night''s window opened.';
COMMENT ON COLUMN pub.adoption.list_id IS 'The list whose domains are looked at, by the name of its file without a date; all: every list of the night, each domain once.';
COMMENT ON COLUMN pub.adoption.weight IS 'What counts as one; explained under weight.';
COMMENT ON COLUMN pub.adoption.rollup IS 'How the servers of a domain add up; explained under rollup. Empty where the unit is not a domain.';
COMMENT ON COLUMN pub.adoption.metric IS 'What is counted; numerator and denominator are explained under metric.';
COMMENT ON COLUMN pub.adoption.rank_band IS 'For weight domain_rankband: 1k, 10k, 100k or 1M, the ranks from 1 to that. Else empty.';
COMMENT ON COLUMN pub.adoption.n_yes IS 'Units that have it. For weights provider*: servers.';
COMMENT ON COLUMN pub.adoption.n_no IS 'Units that conclusively do not have it: every part that counts is a no. Counted, not what n_yes leaves over. For weights provider*: servers.';
COMMENT ON COLUMN pub.adoption.n_unknown IS 'Units that may have it: one of their parts is blocked, unreachable, not called tonight, without an answer from the DNS, beyond a cap, or opted out beside others, and none is a yes. In no denominator of pct, in that of the bounds. For weights provider*: servers.';
COMMENT ON COLUMN pub.adoption.n_opted_out IS 'Units left out because they asked to be; in no denominator.';
COMMENT ON COLUMN pub.adoption.pct IS '100 n_yes / (n_yes + n_no), percent, 2 decimals, empty at denominator 0. For weights provider*: the mean of that over the providers that have a denominator.';
COMMENT ON COLUMN pub.adoption.pct_low IS '100 n_yes / (n_yes + n_no + n_unknown): as if every unknown were a no. By all_reachable n_yes_partial is taken off n_yes. For weights provider*: the mean.';
COMMENT ON COLUMN pub.adoption.pct_high IS '100 (n_yes + n_unknown) / (n_yes + n_no + n_unknown): as if every unknown were a yes. By all_reachable n_no_partial is added above the line. For weights provider*: the mean.';
COMMENT ON COLUMN pub.adoption.coverage IS '100 (n_yes + n_no) / (n_yes + n_no + n_unknown): how much is known.';
COMMENT ON COLUMN pub.adoption.method_version IS 'Version of the definitions; see datasets/CHANGES.md.';
COMMENT ON COLUMN pub.adoption.n_yes_partial IS 'Units among n_yes of which something was not reached: a host of the domain, an address of the host, a name of the address. By all_reachable each may be a no in truth, and pct_low takes it for one; by any and primary it stays a yes. 0 for weights provider*.';
COMMENT ON COLUMN pub.adoption.n_no_partial IS 'The same among n_no. Only all_reachable has such units, because everywhere else a no needs all to be known; pct_high takes them for yes.';
COMMENT ON COLUMN pub.adoption.standard_error IS 'Standard error of pct in percent points, 2 decimals: how much pct differs between draws of the servers that a night calls where not all fit into it; docs/sampling.md has the draw and the formula. Empty if none of the units in pct was drawn.';

-- Which TLS version was negotiated. Feeds: tls_version.csv
CREATE OR REPLACE VIEW pub.tls_version AS
SELECT night, list_id, weight, rollup, words[1] AS tls_version, n_yes, n_no, n_unknown, n_opted_out, pct, pct_low, pct_high, coverage,
       method_version, n_yes_partial, n_no_partial, standard_error
FROM census.distribution
JOIN census.distribution_value USING (value_id)
WHERE kind = 'tls_version';

COMMENT ON VIEW pub.tls_version IS 'Which TLS version was negotiated: one row per night, list, weight, roll-up and version.';
COMMENT ON COLUMN pub.tls_version.night IS 'The UTC date on which the night''s window opened.';
COMMENT ON COLUMN pub.tls_version.list_id IS 'The list whose domains are looked at, by the name of its file without a date; all: every list of the night, each domain once.';
COMMENT ON COLUMN pub.tls_version.weight IS 'What counts as one; explained under weight.';
COMMENT ON COLUMN pub.tls_version.rollup IS 'How the servers of a domain add up; explained under rollup. Empty where the unit is not a domain.';
COMMENT ON COLUMN pub.tls_version.tls_version IS 'The version negotiated when 1.0 to 1.3 were offered.';
COMMENT ON COLUMN pub.tls_version.n_yes IS 'Units at which this version was negotiated. A domain may have servers of several versions, and counts at each by its roll-up.';
COMMENT ON COLUMN pub.tls_version.n_no IS 'Units at which another version was negotiated, this one was not, and nothing is unknown.';
COMMENT ON COLUMN pub.tls_version.n_unknown IS 'Units that may have negotiated it: of one of their parts nothing conclusive is known tonight, and no other negotiated it.';
COMMENT ON COLUMN pub.tls_version.n_opted_out IS 'Units left out because they asked to be; in no denominator.';
COMMENT ON COLUMN pub.tls_version.pct IS '100 n_yes / units that showed any value in a finished handshake, percent, 2 decimals, empty at denominator 0: one denominator for all rows, so it is not n_yes / (n_yes + n_no). For weights provider*: the mean of that over the providers that have a denominator.';
COMMENT ON COLUMN pub.tls_version.pct_low IS '100 n_yes / (n_yes + n_no + n_unknown): as if every unknown were a no. By all_reachable n_yes_partial is taken off n_yes. For weights provider*: the mean.';
COMMENT ON COLUMN pub.tls_version.pct_high IS '100 (n_yes + n_unknown) / (n_yes + n_no + n_unknown): as if every unknown were a yes. By all_reachable n_no_partial is added above the line. For weights provider*: the mean.';
COMMENT ON COLUMN pub.tls_version.coverage IS '100 (n_yes + n_no) / (n_yes + n_no + n_unknown): of how many it is known whether they negotiate this version.';
COMMENT ON COLUMN pub.tls_version.method_version IS 'Version of the definitions; see datasets/CHANGES.md.';
COMMENT ON COLUMN pub.tls_version.n_yes_partial IS 'Units among n_yes of which something was not reached: a host of the domain, an address of the host, a name of the address. By all_reachable each may be a no in truth, and pct_low takes it for one; by any and primary it stays a yes. 0 for weights provider*.';
COMMENT ON COLUMN pub.tls_version.n_no_partial IS 'The same among n_no. Only all_reachable has such units, because everywhere else a no needs all to be known; pct_high takes them for yes.';
COMMENT ON COLUMN pub.tls_version.standard_error IS 'Standard error of pct in percent points, 2 decimals: how much pct differs between draws of the servers that a night calls where not all fit into it; docs/sampling.md has the draw and the formula. Empty if none of the units in pct was drawn.';
