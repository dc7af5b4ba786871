-- share of domains with STARTTLS, night by night
SELECT night, pct_low, pct, pct_high, coverage FROM pub.adoption
WHERE list_id = 'all' AND weight = 'domain' AND rollup = 'primary' AND metric = 'starttls_offered' ORDER BY night;
-- TLS versions of the last night, by mail server
SELECT tls_version, n_yes, pct FROM pub.tls_version
WHERE night = (SELECT max(night) FROM pub.night) AND list_id = 'all' AND weight = 'mx_host' ORDER BY n_yes DESC;
-- hybrid key exchange, night by night
SELECT night, key_exchange_group, pct FROM pub.key_exchange_group
WHERE list_id = 'all' AND weight = 'domain' AND rollup = 'any' AND key_exchange_group LIKE '%MLKEM%' ORDER BY night;
-- outcomes of the last night
SELECT outcome, count(*) FROM pub.server WHERE night = (SELECT max(night) FROM pub.night) GROUP BY outcome ORDER BY 2 DESC;
-- outcomes of every night
SELECT night, outcome, count(*) FROM pub.server GROUP BY night, outcome ORDER BY night, outcome;
-- providers without STARTTLS in the last night
SELECT provider, count(*) FROM pub.server
WHERE night = (SELECT max(night) FROM pub.night) AND NOT starttls GROUP BY provider ORDER BY 2 DESC LIMIT 20;
-- the twenty largest providers, and their share of STARTTLS
SELECT provider, count(*) AS servers, avg(starttls::integer) AS share FROM pub.server
WHERE night = (SELECT max(night) FROM pub.night) GROUP BY provider ORDER BY servers DESC LIMIT 20;
-- chains that are not trusted, by provider
SELECT provider, chain, count(*) FROM pub.server
WHERE night = (SELECT max(night) FROM pub.night) AND chain <> 'trusted' GROUP BY provider, chain ORDER BY 3 DESC LIMIT 20;
-- one server, every night
SELECT night, outcome, tls_version, chain FROM pub.server
WHERE (mx_host, ip) = (SELECT mx_host, ip FROM pub.server WHERE night = (SELECT max(night) FROM pub.night) LIMIT 1) ORDER BY night;
-- one domain, every night
SELECT night, rank, route, starttls_any, starttls_primary FROM pub.domain
WHERE domain = (SELECT domain FROM pub.domain WHERE night = (SELECT max(night) FROM pub.night) AND rank = 17) ORDER BY night;
-- servers whose outcome differs between the last two nights
SELECT later.mx_host, later.ip, earlier.outcome AS before, later.outcome AS after
FROM pub.server AS later
JOIN pub.server AS earlier ON earlier.mx_host = later.mx_host AND earlier.ip = later.ip AND earlier.night = later.night - 1
WHERE later.night = (SELECT max(night) FROM pub.night) AND earlier.outcome <> later.outcome;
-- domains whose STARTTLS differs between the first and the last night
SELECT count(*) FROM pub.domain AS later
JOIN pub.domain AS earlier ON earlier.domain = later.domain AND earlier.night = (SELECT min(night) FROM pub.night)
WHERE later.night = (SELECT max(night) FROM pub.night) AND earlier.starttls_any IS DISTINCT FROM later.starttls_any;
-- domains of the top thousand without STARTTLS
SELECT domain, rank, provider FROM pub.domain
WHERE night = (SELECT max(night) FROM pub.night) AND rank <= 1000 AND NOT starttls_any ORDER BY rank;
-- certificates renewed in the last night
SELECT count(*) FROM pub.server AS later
JOIN pub.server AS earlier ON earlier.mx_host = later.mx_host AND earlier.ip = later.ip AND earlier.night = later.night - 1
WHERE later.night = (SELECT max(night) FROM pub.night) AND earlier.leaf_sha256 <> later.leaf_sha256;
-- how long a certificate is seen, on average
SELECT avg(nights) FROM (
    SELECT mx_host, ip, leaf_sha256, count(*) AS nights FROM pub.server WHERE leaf_sha256 IS NOT NULL GROUP BY mx_host, ip, leaf_sha256
) AS shown;
-- the slowest handshakes of the last night
SELECT mx_host, ip, handshake_ms FROM pub.handshake WHERE night = (SELECT max(night) FROM pub.night) ORDER BY handshake_ms DESC LIMIT 20;
-- groups in finished handshakes, night by night
SELECT night, key_exchange_group, count(*) FROM pub.handshake WHERE finished GROUP BY night, key_exchange_group ORDER BY night;
-- what other roots say
SELECT trust_store, chain, count(*) FROM pub.server_chain
WHERE night = (SELECT max(night) FROM pub.night) GROUP BY trust_store, chain ORDER BY 1, 2;
-- connections and refusals, by provider
SELECT provider, sum(connections) AS connections, sum(replies) FILTER (WHERE class = 'blocked') AS blocked
FROM pub.politeness WHERE night = (SELECT max(night) FROM pub.night) GROUP BY provider ORDER BY 2 DESC LIMIT 20;
-- servers that were blocked in every night
SELECT count(*) FROM (
    SELECT mx_host, ip FROM pub.server GROUP BY mx_host, ip
    HAVING bool_and(outcome IN ('blocked', 'blocked_suspected', 'not_attempted_suspended'))
) AS always;
