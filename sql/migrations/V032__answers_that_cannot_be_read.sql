-- V032: a DNS answer that cannot be read is told apart from a SERVFAIL, and the size of a list's text is kept, so that
-- a list that was cut short is noticed.

ALTER TABLE route_failure DROP CONSTRAINT route_failure_known;
ALTER TABLE route_failure ADD CONSTRAINT route_failure_known CHECK (
    route IN ('dns_servfail', 'dns_malformed', 'dns_timeout', 'dns_bogus')
);

ALTER TABLE host_failure DROP CONSTRAINT host_failure_status_known;
ALTER TABLE host_failure ADD CONSTRAINT host_failure_status_known CHECK (
    status IN ('servfail', 'malformed', 'timeout', 'bogus')
);

ALTER TABLE domain_verdict DROP CONSTRAINT domain_verdict_route_known;
ALTER TABLE domain_verdict ADD CONSTRAINT domain_verdict_route_known CHECK (route IN (
    'mx', 'implicit_mx', 'null_mx', 'no_mail', 'nxdomain', 'dns_servfail', 'dns_malformed', 'dns_timeout', 'dns_bogus',
    'mx_unresolvable', 'mx_invalid'));

ALTER TABLE list_edition
    ADD COLUMN text_bytes bigint,
    ADD CONSTRAINT list_edition_text_bytes_not_negative CHECK (text_bytes >= 0);

COMMENT ON COLUMN list_edition.text_bytes IS 'Size of its text when unpacked, in bytes. Null for editions that were read before V032.';
COMMENT ON COLUMN list_edition.rejected IS 'Lines that name none, and a last line without a line end: see rejected_line.';
