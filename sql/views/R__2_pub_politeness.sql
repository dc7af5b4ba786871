-- How the census behaved at each provider. Feeds: politeness.csv
CREATE OR REPLACE VIEW pub.politeness AS
SELECT night, provider, connections, peak_open, shortest_gap_s, suspensions, class, replies,
       charged, suspended_addresses
FROM census.politeness
WHERE census.is_opted_out_provider(
          politeness.provider, (SELECT opt_out_register.register FROM census.opt_out_register)) IS NOT TRUE;

COMMENT ON VIEW pub.politeness IS 'How the census behaved at each provider, and how it was answered: one row per night, provider and class of answer. A postmaster can check it against the servers'' logs.';
COMMENT ON COLUMN pub.politeness.night IS 'The UTC date on which the night''s window opened; a night that passes midnight keeps it.';
COMMENT ON COLUMN pub.politeness.provider IS 'The provider that was called; as in servers.csv.gz.';
COMMENT ON COLUMN pub.politeness.connections IS 'TCP connections to port 25 of the provider''s servers in that night, over all classes: the same in each row of the provider.';
COMMENT ON COLUMN pub.politeness.peak_open IS 'The most of them that were open at once.';
COMMENT ON COLUMN pub.politeness.shortest_gap_s IS 'Least time from the start of one connection to the start of the next, in seconds; empty where there were not two.';
COMMENT ON COLUMN pub.politeness.suspensions IS 'How often the census stopped calling the provider, for a while or for the rest of the night, because of its answers.';
COMMENT ON COLUMN pub.politeness.class IS 'Class of the answers to the connections; explained under class. Empty where the provider was not called.';
COMMENT ON COLUMN pub.politeness.replies IS 'Connections that were answered so.';
COMMENT ON COLUMN pub.politeness.charged IS 'Who is charged with a refusal of the provider''s servers, that is left alone because of it: the provider, the address of the one server, or both. Explained under charged.';
COMMENT ON COLUMN pub.politeness.suspended_addresses IS 'How many addresses of the provider the census stopped calling, for a while or for the rest of the night, because of what they answered themselves; suspensions does not count them.';
