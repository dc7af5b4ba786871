-- Who runs the servers of a night, as far as can be told.
CREATE OR REPLACE VIEW pub.provider AS
WITH served AS (
    SELECT night, provider, count(*) AS servers,
           count(*) FILTER (WHERE starttls) AS servers_yes,
           count(*) FILTER (WHERE NOT starttls) AS servers_no,
           count(*) FILTER (WHERE starttls IS NULL) AS servers_unknown
    FROM pub.server
    WHERE provider IS NOT NULL
    GROUP BY night, provider
),

mailed AS (
    SELECT night, provider, count(*) AS domains
    FROM pub.domain
    WHERE provider IS NOT NULL
    GROUP BY night, provider
),

called AS (
    SELECT night, provider, min(decided_by) AS decided_by, min(charged) AS charged, min(connections) AS connections,
           min(suspensions) AS suspensions
    FROM census.politeness
    GROUP BY night, provider
)

SELECT served.night, served.provider, called.decided_by, called.charged, served.servers, served.servers_yes,
       served.servers_no, served.servers_unknown, coalesce(mailed.domains, 0) AS domains,
       coalesce(called.connections, 0) AS connections, coalesce(called.suspensions, 0) AS suspensions,
       night_block.blocked_since
FROM served
LEFT JOIN mailed ON mailed.night = served.night AND mailed.provider = served.provider
LEFT JOIN called ON called.night = served.night AND called.provider = served.provider
LEFT JOIN census.night_block ON night_block.night = served.night AND night_block.provider = served.provider;

COMMENT ON VIEW pub.provider IS 'Who runs the mail servers of a night, as far as can be told: one row per night and provider.';
COMMENT ON COLUMN pub.provider.night IS 'The UTC date on which the night''s window opened.';
COMMENT ON COLUMN pub.provider.provider IS 'The provider, as in pub.server.';
COMMENT ON COLUMN pub.provider.decided_by IS 'By which evidence its servers are taken for one provider''s, parted by a blank: override (a line of the providers'' file), cname (what an alias leads to), psl (registrable domain of the MX host), prefix (the host bears its only customer''s name), pool (servers of unrelated customers), net (the network). Null if none of them was to be called.';
COMMENT ON COLUMN pub.provider.charged IS 'Who is left alone for a refusal; explained under charged.';
COMMENT ON COLUMN pub.provider.servers IS 'Its mail servers that night.';
COMMENT ON COLUMN pub.provider.servers_yes IS 'Those of them that offer STARTTLS.';
COMMENT ON COLUMN pub.provider.servers_no IS 'Those that do not.';
COMMENT ON COLUMN pub.provider.servers_unknown IS 'Those of which it is unknown.';
COMMENT ON COLUMN pub.provider.domains IS 'Listed domains whose best-preference MX host is its.';
COMMENT ON COLUMN pub.provider.connections IS 'Calls of the census to it that night.';
COMMENT ON COLUMN pub.provider.suspensions IS 'How often it was left alone for a while that night.';
COMMENT ON COLUMN pub.provider.blocked_since IS 'The night since which it blocked the census without a break; null if it did not when the night ended.';
