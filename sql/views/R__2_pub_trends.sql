-- Adoption of each feature. Feeds: adoption.csv
CREATE OR REPLACE VIEW pub.adoption AS
SELECT night, list_id, weight, rollup, metric, rank_band, n_yes, n_no, n_unknown, n_opted_out, pct, pct_low, pct_high, coverage,
       method_version
FROM census.adoption;

COMMENT ON VIEW pub.adoption IS 'How many have what: one row per night, list, weight, roll-up, metric and band of rank. Never a ratio without its base.';
COMMENT ON COLUMN pub.adoption.night IS 'The UTC date on which the night''s window opened.';
COMMENT ON COLUMN pub.adoption.list_id IS 'The list whose domains are looked at, by the name of its file; all: every list of the night, each domain once.';
COMMENT ON COLUMN pub.adoption.weight IS 'What counts as one; explained under weight.';
COMMENT ON COLUMN pub.adoption.rollup IS 'How the servers of a domain add up; explained under rollup. Empty where the unit is not a domain.';
COMMENT ON COLUMN pub.adoption.metric IS 'What is counted; numerator and denominator are explained under metric.';
COMMENT ON COLUMN pub.adoption.rank_band IS 'For weight domain_rankband: 1k, 10k, 100k or 1M, the ranks from 1 to that. Else empty.';
COMMENT ON COLUMN pub.adoption.n_yes IS 'Units that have it. For weights provider*: servers.';
COMMENT ON COLUMN pub.adoption.n_no IS 'Units that conclusively do not have it. For weights provider*: servers.';
COMMENT ON COLUMN pub.adoption.n_unknown IS 'Units that may have it: blocked, unreachable, not called tonight, DNS failed. In no denominator of pct, in that of the bounds. For weights provider*: servers.';
COMMENT ON COLUMN pub.adoption.n_opted_out IS 'Units left out because they asked to be; in no denominator.';
COMMENT ON COLUMN pub.adoption.pct IS '100 n_yes / (n_yes + n_no), percent, 2 decimals, empty at denominator 0. For weights provider*: the mean of that over the providers that have a denominator.';
COMMENT ON COLUMN pub.adoption.pct_low IS '100 n_yes / (n_yes + n_no + n_unknown): as if every unknown were a no. For weights provider*: the mean.';
COMMENT ON COLUMN pub.adoption.pct_high IS '100 (n_yes + n_unknown) / (n_yes + n_no + n_unknown): as if every unknown were a yes. For weights provider*: the mean.';
COMMENT ON COLUMN pub.adoption.coverage IS '100 (n_yes + n_no) / (n_yes + n_no + n_unknown): how much is known.';
COMMENT ON COLUMN pub.adoption.method_version IS 'Version of the definitions; see datasets/CHANGES.md.';

-- Which TLS version was negotiated. Feeds: tls_version.csv
CREATE OR REPLACE VIEW pub.tls_version AS
SELECT night, list_id, weight, rollup, tls_version, n_yes, n_no, n_unknown, n_opted_out, pct, pct_low, pct_high, coverage,
       method_version
FROM census.tls_version;

COMMENT ON VIEW pub.tls_version IS 'Which TLS version was negotiated: one row per night, list, weight, roll-up and version.';
COMMENT ON COLUMN pub.tls_version.night IS 'The UTC date on which the night''s window opened.';
COMMENT ON COLUMN pub.tls_version.list_id IS 'The list whose domains are looked at, by the name of its file; all: every list of the night, each domain once.';
COMMENT ON COLUMN pub.tls_version.weight IS 'What counts as one; explained under weight.';
COMMENT ON COLUMN pub.tls_version.rollup IS 'How the servers of a domain add up; explained under rollup. Empty where the unit is not a domain.';
COMMENT ON COLUMN pub.tls_version.tls_version IS 'The version negotiated when 1.0 to 1.3 were offered.';
COMMENT ON COLUMN pub.tls_version.n_yes IS 'Units at which this version was negotiated. A domain may have servers of several versions, and counts at each by its roll-up.';
COMMENT ON COLUMN pub.tls_version.n_no IS 'Units at which another version was negotiated, and this one was not.';
COMMENT ON COLUMN pub.tls_version.n_unknown IS 'Units that may have negotiated it, of which nothing conclusive is known tonight.';
COMMENT ON COLUMN pub.tls_version.n_opted_out IS 'Units left out because they asked to be; in no denominator.';
COMMENT ON COLUMN pub.tls_version.pct IS '100 n_yes / (n_yes + n_no), percent, 2 decimals, empty at denominator 0. For weights provider*: the mean of that over the providers that have a denominator.';
COMMENT ON COLUMN pub.tls_version.pct_low IS '100 n_yes / (n_yes + n_no + n_unknown). For weights provider*: the mean.';
COMMENT ON COLUMN pub.tls_version.pct_high IS '100 (n_yes + n_unknown) / (n_yes + n_no + n_unknown). For weights provider*: the mean.';
COMMENT ON COLUMN pub.tls_version.coverage IS '100 (n_yes + n_no) / (n_yes + n_no + n_unknown): how much is known.';
COMMENT ON COLUMN pub.tls_version.method_version IS 'Version of the definitions; see datasets/CHANGES.md.';
