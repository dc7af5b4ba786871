-- Results of finished handshakes. Feeds: cipher_suite.csv
CREATE OR REPLACE VIEW pub.cipher_suite AS
SELECT night, list_id, weight, rollup, words[1] AS cipher_suite,
       n_yes, n_no, n_unknown, n_opted_out, pct, pct_low, pct_high, coverage, method_version, n_yes_partial, n_no_partial,
       standard_error
FROM census.distribution
JOIN census.distribution_value USING (value_id)
WHERE kind = 'cipher_suite';

COMMENT ON VIEW pub.cipher_suite IS 'Which cipher suite was negotiated: one row per night, list, weight, roll-up and suite that was seen that night.';
COMMENT ON COLUMN pub.cipher_suite.night IS 'The UTC date on which the night''s window opened.';
COMMENT ON COLUMN pub.cipher_suite.list_id IS 'The list whose domains are looked at, by the name of its file without a date; all: every list of the night, each domain once.';
COMMENT ON COLUMN pub.cipher_suite.weight IS 'What counts as one; explained under weight.';
COMMENT ON COLUMN pub.cipher_suite.rollup IS 'How the servers of a domain add up; explained under rollup. Empty where the unit is not a domain.';
COMMENT ON COLUMN pub.cipher_suite.cipher_suite IS 'The suite negotiated, by its IANA name.';
COMMENT ON COLUMN pub.cipher_suite.n_yes IS 'Units that showed it in a finished handshake. A domain may have servers that show several, and counts at each by its roll-up.';
COMMENT ON COLUMN pub.cipher_suite.n_no IS 'Units whose finished handshakes showed another, and not this one, and of which nothing is unknown.';
COMMENT ON COLUMN pub.cipher_suite.n_unknown IS 'Units that may show it: of one of their parts nothing conclusive is known tonight, and no other showed it.';
COMMENT ON COLUMN pub.cipher_suite.n_opted_out IS 'Units left out because they asked to be; in no denominator.';
COMMENT ON COLUMN pub.cipher_suite.pct IS '100 n_yes / units that showed any value in a finished handshake, percent, 2 decimals, empty at denominator 0: one denominator for all rows, so it is not n_yes / (n_yes + n_no). For weights provider*: the mean of that over the providers that have a denominator.';
COMMENT ON COLUMN pub.cipher_suite.pct_low IS '100 n_yes / (n_yes + n_no + n_unknown): as if every unknown were a no. By all_reachable n_yes_partial is taken off n_yes. For weights provider*: the mean.';
COMMENT ON COLUMN pub.cipher_suite.pct_high IS '100 (n_yes + n_unknown) / (n_yes + n_no + n_unknown): as if every unknown were a yes. By all_reachable n_no_partial is added above the line. For weights provider*: the mean.';
COMMENT ON COLUMN pub.cipher_suite.coverage IS '100 (n_yes + n_no) / (n_yes + n_no + n_unknown): of how many it is known whether they show this value.';
COMMENT ON COLUMN pub.cipher_suite.method_version IS 'Version of the definitions; see datasets/CHANGES.md.';
COMMENT ON COLUMN pub.cipher_suite.n_yes_partial IS 'Units among n_yes of which something was not reached: a host of the domain, an address of the host, a name of the address. By all_reachable each may be a no in truth, and pct_low takes it for one; by any and primary it stays a yes. 0 for weights provider*.';
COMMENT ON COLUMN pub.cipher_suite.n_no_partial IS 'The same among n_no. Only all_reachable has such units, because everywhere else a no needs all to be known; pct_high takes them for yes.';
COMMENT ON COLUMN pub.cipher_suite.standard_error IS 'Standard error of pct in percent points, 2 decimals: how much pct differs between draws of the servers that a night calls where not all fit into it; docs/sampling.md has the draw and the formula. Empty if none of the units in pct was drawn.';

-- Feeds: key_exchange_group.csv
CREATE OR REPLACE VIEW pub.key_exchange_group AS
SELECT night, list_id, weight, rollup, words[1] AS key_exchange_group,
       n_yes, n_no, n_unknown, n_opted_out, pct, pct_low, pct_high, coverage, method_version, n_yes_partial, n_no_partial,
       standard_error
FROM census.distribution
JOIN census.distribution_value USING (value_id)
WHERE kind = 'key_exchange_group';

COMMENT ON VIEW pub.key_exchange_group IS 'Which key exchange group was negotiated: one row per night, list, weight, roll-up and group that was seen that night.';
COMMENT ON COLUMN pub.key_exchange_group.night IS 'The UTC date on which the night''s window opened.';
COMMENT ON COLUMN pub.key_exchange_group.list_id IS 'The list whose domains are looked at, by the name of its file without a date; all: every list of the night, each domain once.';
COMMENT ON COLUMN pub.key_exchange_group.weight IS 'What counts as one; explained under weight.';
COMMENT ON COLUMN pub.key_exchange_group.rollup IS 'How the servers of a domain add up; explained under rollup. Empty where the unit is not a domain.';
COMMENT ON COLUMN pub.key_exchange_group.key_exchange_group IS 'The group negotiated, by its IANA name; dh-<bits> for one that the server spelled out; none for static RSA.';
COMMENT ON COLUMN pub.key_exchange_group.n_yes IS 'Units that showed it in a finished handshake. A domain may have servers that show several, and counts at each by its roll-up.';
COMMENT ON COLUMN pub.key_exchange_group.n_no IS 'Units whose finished handshakes showed another, and not this one, and of which nothing is unknown.';
COMMENT ON COLUMN pub.key_exchange_group.n_unknown IS 'Units that may show it: of one of their parts nothing conclusive is known tonight, and no other showed it.';
COMMENT ON COLUMN pub.key_exchange_group.n_opted_out IS 'Units left out because they asked to be; in no denominator.';
COMMENT ON COLUMN pub.key_exchange_group.pct IS '100 n_yes / units that showed any value in a finished handshake, percent, 2 decimals, empty at denominator 0: one denominator for all rows, so it is not n_yes / (n_yes + n_no). For weights provider*: the mean of that over the providers that have a denominator.';
COMMENT ON COLUMN pub.key_exchange_group.pct_low IS '100 n_yes / (n_yes + n_no + n_unknown): as if every unknown were a no. By all_reachable n_yes_partial is taken off n_yes. For weights provider*: the mean.';
COMMENT ON COLUMN pub.key_exchange_group.pct_high IS '100 (n_yes + n_unknown) / (n_yes + n_no + n_unknown): as if every unknown were a yes. By all_reachable n_no_partial is added above the line. For weights provider*: the mean.';
COMMENT ON COLUMN pub.key_exchange_group.coverage IS '100 (n_yes + n_no) / (n_yes + n_no + n_unknown): of how many it is known whether they show this value.';
COMMENT ON COLUMN pub.key_exchange_group.method_version IS 'Version of the definitions; see datasets/CHANGES.md.';
COMMENT ON COLUMN pub.key_exchange_group.n_yes_partial IS 'Units among n_yes of which something was not reached: a host of the domain, an address of the host, a name of the address. By all_reachable each may be a no in truth, and pct_low takes it for one; by any and primary it stays a yes. 0 for weights provider*.';
COMMENT ON COLUMN pub.key_exchange_group.n_no_partial IS 'The same among n_no. Only all_reachable has such units, because everywhere else a no needs all to be known; pct_high takes them for yes.';
COMMENT ON COLUMN pub.key_exchange_group.standard_error IS 'Standard error of pct in percent points, 2 decimals: how much pct differs between draws of the servers that a night calls where not all fit into it; docs/sampling.md has the draw and the formula. Empty if none of the units in pct was drawn.';

-- Feeds: certificate.csv
CREATE OR REPLACE VIEW pub.certificate_trend AS
SELECT night, list_id, weight, rollup, words[1] AS chain, words[2] AS key_type, words[3] AS key_bits,
       words[4] AS signature_algorithm, words[5] AS issuer,
       n_yes, n_no, n_unknown, n_opted_out, pct, pct_low, pct_high, coverage, method_version, n_yes_partial, n_no_partial,
       standard_error
FROM census.distribution
JOIN census.distribution_value USING (value_id)
WHERE kind = 'certificate';

COMMENT ON VIEW pub.certificate_trend IS 'What certificates were shown: one row per night, list, weight, roll-up and combination of the five columns that was seen that night; and, for each value of one of them (key_type with key_bits), a row with all in the others: these are the ones to quote, for combinations of a domain that has several servers do not add up.';
COMMENT ON COLUMN pub.certificate_trend.night IS 'The UTC date on which the night''s window opened.';
COMMENT ON COLUMN pub.certificate_trend.list_id IS 'The list whose domains are looked at, by the name of its file without a date; all: every list of the night, each domain once.';
COMMENT ON COLUMN pub.certificate_trend.weight IS 'What counts as one; explained under weight.';
COMMENT ON COLUMN pub.certificate_trend.rollup IS 'How the servers of a domain add up; explained under rollup. Empty where the unit is not a domain.';
COMMENT ON COLUMN pub.certificate_trend.chain IS 'Verdict on the chain, by the night''s dated trust store; explained under chain. all: whatever it is.';
COMMENT ON COLUMN pub.certificate_trend.key_type IS 'Type of the server''s own key: RSA, EC, Ed25519 ...; other; none where there is no certificate that can be read. all: whatever it is.';
COMMENT ON COLUMN pub.certificate_trend.key_bits IS 'Size of that key in bits; empty where its type has a single size or it cannot be read. all: whatever it is.';
COMMENT ON COLUMN pub.certificate_trend.signature_algorithm IS 'By which the server''s own certificate is signed; other; none. all: whatever it is.';
COMMENT ON COLUMN pub.certificate_trend.issuer IS 'Organisation of the root to which the chain leads, as the night''s dated trust store spells it: never a word of a peer. none: it leads to no root of the store. all: whatever it is.';
COMMENT ON COLUMN pub.certificate_trend.n_yes IS 'Units that showed it in a finished handshake. A domain may have servers that show several, and counts at each by its roll-up.';
COMMENT ON COLUMN pub.certificate_trend.n_no IS 'Units whose finished handshakes showed another, and not this one, and of which nothing is unknown.';
COMMENT ON COLUMN pub.certificate_trend.n_unknown IS 'Units that may show it: of one of their parts nothing conclusive is known tonight, and no other showed it.';
COMMENT ON COLUMN pub.certificate_trend.n_opted_out IS 'Units left out because they asked to be; in no denominator.';
COMMENT ON COLUMN pub.certificate_trend.pct IS '100 n_yes / units that showed any value in a finished handshake, percent, 2 decimals, empty at denominator 0: one denominator for all rows, so it is not n_yes / (n_yes + n_no). For weights provider*: the mean of that over the providers that have a denominator.';
COMMENT ON COLUMN pub.certificate_trend.pct_low IS '100 n_yes / (n_yes + n_no + n_unknown): as if every unknown were a no. By all_reachable n_yes_partial is taken off n_yes. For weights provider*: the mean.';
COMMENT ON COLUMN pub.certificate_trend.pct_high IS '100 (n_yes + n_unknown) / (n_yes + n_no + n_unknown): as if every unknown were a yes. By all_reachable n_no_partial is added above the line. For weights provider*: the mean.';
COMMENT ON COLUMN pub.certificate_trend.coverage IS '100 (n_yes + n_no) / (n_yes + n_no + n_unknown): of how many it is known whether they show this value.';
COMMENT ON COLUMN pub.certificate_trend.method_version IS 'Version of the definitions; see datasets/CHANGES.md.';
COMMENT ON COLUMN pub.certificate_trend.n_yes_partial IS 'Units among n_yes of which something was not reached: a host of the domain, an address of the host, a name of the address. By all_reachable each may be a no in truth, and pct_low takes it for one; by any and primary it stays a yes. 0 for weights provider*.';
COMMENT ON COLUMN pub.certificate_trend.n_no_partial IS 'The same among n_no. Only all_reachable has such units, because everywhere else a no needs all to be known; pct_high takes them for yes.';
COMMENT ON COLUMN pub.certificate_trend.standard_error IS 'Standard error of pct in percent points, 2 decimals: how much pct differs between draws of the servers that a night calls where not all fit into it; docs/sampling.md has the draw and the formula. Empty if none of the units in pct was drawn.';
