-- Who asked to be left out is marked beside each name: when the name is added, and when opt_out changes.

CREATE OR REPLACE FUNCTION name_and_parents(name text) RETURNS text[]
    LANGUAGE sql
    IMMUTABLE PARALLEL SAFE
    RETURN ARRAY(
        SELECT array_to_string(given.labels[place:], '.')
        FROM (SELECT string_to_array(name, '.') AS labels) AS given
        CROSS JOIN LATERAL generate_subscripts(given.labels, 1) AS place
    );

COMMENT ON FUNCTION name_and_parents IS 'A name and every name above it: a.b.c, b.c and c.';

CREATE OR REPLACE FUNCTION provider_network(provider text) RETURNS cidr
    LANGUAGE sql
    IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN left(provider, 4) = 'net:' THEN substring(provider FROM 5)::cidr END;

COMMENT ON FUNCTION provider_network IS 'The network that a provider is, if it has no better name: net: and the network. Else null.';

-- Views ask this of each of their rows. The register is read once for a question, and where it is empty it is null, so that
-- the function is not called at all.
CREATE OR REPLACE VIEW opt_out_register AS
SELECT jsonb_object_agg(coalesce(opt_out.name, 'net:' || text(opt_out.network)), true) AS register
FROM opt_out;

COMMENT ON VIEW opt_out_register IS 'All of opt_out in one value, for is_opted_out_provider.';
COMMENT ON COLUMN opt_out_register.register IS 'A key for each: its name, or net: and its network. Null if nobody opted out.';

CREATE OR REPLACE FUNCTION is_opted_out_provider(provider text, register jsonb) RETURNS boolean
    LANGUAGE sql
    IMMUTABLE STRICT PARALLEL SAFE
    RETURN register ?| CASE
        WHEN provider_network(provider) IS NULL THEN name_and_parents(provider)
        ELSE ARRAY(
            SELECT 'net:' || text(set_masklen(provider_network(provider), wide.bits))
            FROM generate_series(0, masklen(provider_network(provider))) AS wide (bits)
        )
    END;

COMMENT ON FUNCTION is_opted_out_provider IS 'Whether a provider, a name above it, or a network that has all of it, is in the register of view opt_out_register. Null if one of both is.';

CREATE OR REPLACE FUNCTION certificate_names(dns_names text[], common_names text[], other_names text[])
    RETURNS SETOF text
    LANGUAGE sql
    IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT lower(held.name COLLATE "C")
    FROM unnest(dns_names || common_names) AS held (name)
    UNION ALL
    SELECT btrim(part.name, '.')
    FROM unnest(other_names) AS held (name)
    CROSS JOIN LATERAL regexp_split_to_table(lower(held.name COLLATE "C"), '[^a-z0-9._-]+') AS part (name)
    WHERE NOT starts_with(held.name, 'ip:');
END;

COMMENT ON FUNCTION certificate_names IS 'Whatever may be a name in a certificate''s names: its dNSNames and common names, and the parts of e-mail addresses, URIs and directory names.';

CREATE OR REPLACE FUNCTION certificate_addresses(other_names text[]) RETURNS SETOF inet
    LANGUAGE sql
    IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    -- what has no dot and no colon has neither 4 nor 16 octets, so it is no address
    SELECT CASE WHEN held.name ~ '^ip:[0-9a-f]*[.:][0-9a-f.:]+$' THEN substring(held.name FROM 4)::inet END
    FROM unnest(other_names) AS held (name);
END;

COMMENT ON FUNCTION certificate_addresses IS 'The addresses among a certificate''s names; null for every other name.';

-- Whom opt_out is about, by key. Each condition is said here, and nowhere else.

CREATE OR REPLACE VIEW opted_out_domain AS
SELECT domain.domain_id
FROM domain
WHERE EXISTS (SELECT FROM opt_out WHERE opt_out.name = ANY (name_and_parents(domain.name)));

COMMENT ON VIEW opted_out_domain IS 'Domains that opt_out names, or a name above them.';
COMMENT ON COLUMN opted_out_domain.domain_id IS 'The domain.';

CREATE OR REPLACE VIEW opted_out_mail_host AS
SELECT mail_host.mail_host_id
FROM mail_host
WHERE EXISTS (SELECT FROM opt_out WHERE opt_out.name = ANY (name_and_parents(mail_host.name)));

COMMENT ON VIEW opted_out_mail_host IS 'Mail hosts that opt_out names, or a name above them.';
COMMENT ON COLUMN opted_out_mail_host.mail_host_id IS 'The mail host.';

CREATE OR REPLACE VIEW opted_out_endpoint AS
SELECT endpoint.endpoint_id
FROM endpoint
JOIN mail_host USING (mail_host_id)
WHERE mail_host.is_opted_out
   OR EXISTS (SELECT FROM opt_out WHERE opt_out.network >>= endpoint.address)
   OR EXISTS (
          SELECT
          FROM host_addresses
          CROSS JOIN LATERAL unnest(host_addresses.aliases) AS alias (name)
          JOIN opt_out ON opt_out.name = ANY (name_and_parents(alias.name))
          WHERE host_addresses.mail_host_id = endpoint.mail_host_id
            AND host_addresses.last_night IS NULL
      );

COMMENT ON VIEW opted_out_endpoint IS 'Servers whose mail host is marked, or whose address is in a network of opt_out, or whose host is an alias of a name that opt_out is about.';
COMMENT ON COLUMN opted_out_endpoint.endpoint_id IS 'The server.';

CREATE OR REPLACE VIEW opted_out_certificate AS
SELECT certificate.sha256
FROM certificate
WHERE EXISTS (
          SELECT
          FROM certificate_names(certificate.dns_names, certificate.common_names, certificate.other_names)
              AS held (name)
          JOIN opt_out ON opt_out.name = ANY (name_and_parents(held.name))
      )
   OR EXISTS (
          SELECT
          FROM certificate_addresses(certificate.other_names) AS held (address)
          JOIN opt_out ON opt_out.network >>= held.address
      );

COMMENT ON VIEW opted_out_certificate IS 'Certificates with a name or an address that opt_out is about.';
COMMENT ON COLUMN opted_out_certificate.sha256 IS 'The certificate.';

CREATE OR REPLACE FUNCTION mark_added() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (SELECT FROM census.opt_out) THEN
        EXECUTE format(
            'UPDATE census.%1$I SET is_opted_out = true FROM added JOIN census.%2$I USING (%3$I) WHERE %1$I.%3$I = added.%3$I',
            tg_table_name, 'opted_out_' || tg_table_name, tg_argv[0]);
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION mark_added IS 'Marks those of the rows just added that opt_out is about; its argument is the key of their table.';

CREATE OR REPLACE FUNCTION mark_aliased() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (SELECT FROM census.opt_out WHERE name IS NOT NULL) THEN
        UPDATE census.endpoint
        SET is_opted_out = NOT endpoint.is_opted_out
        FROM (SELECT DISTINCT mail_host_id FROM saved) AS host
        WHERE endpoint.mail_host_id = host.mail_host_id
          AND endpoint.is_opted_out <> EXISTS (
              SELECT FROM census.opted_out_endpoint AS known WHERE known.endpoint_id = endpoint.endpoint_id
          );
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION mark_aliased IS 'Marks the servers of those hosts anew whose aliases were just saved.';

CREATE OR REPLACE FUNCTION mark_opted_out() RETURNS trigger
    LANGUAGE plpgsql
AS $$
DECLARE
    marked record;
BEGIN
    -- Waits for those who are adding names, and lets others add only when the wish can be seen: nobody is missed between.
    -- In the order in which they are written.
    LOCK TABLE census.domain, census.mail_host, census.host_addresses, census.endpoint, census.certificate
        IN SHARE ROW EXCLUSIVE MODE;
    FOR marked IN
        -- endpoints after the hosts whose marks they follow
        SELECT name, key
        FROM (VALUES (1, 'domain', 'domain_id'), (2, 'mail_host', 'mail_host_id'), (3, 'endpoint', 'endpoint_id'),
                     (4, 'certificate', 'sha256')) AS known (place, name, key)
        ORDER BY place
    LOOP
        EXECUTE format(
            'UPDATE census.%1$I SET is_opted_out = NOT is_opted_out WHERE is_opted_out <> (%3$I IN (SELECT %3$I FROM census.%2$I))',
            marked.name, 'opted_out_' || marked.name, marked.key);
    END LOOP;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION mark_opted_out IS 'Sets the marks of everybody anew after opt_out has changed.';

CREATE OR REPLACE TRIGGER domain_mark_added AFTER INSERT ON domain
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION mark_added('domain_id');
CREATE OR REPLACE TRIGGER mail_host_mark_added AFTER INSERT ON mail_host
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION mark_added('mail_host_id');
CREATE OR REPLACE TRIGGER endpoint_mark_added AFTER INSERT ON endpoint
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION mark_added('endpoint_id');
CREATE OR REPLACE TRIGGER host_addresses_mark_added AFTER INSERT ON host_addresses
    REFERENCING NEW TABLE AS saved FOR EACH STATEMENT EXECUTE FUNCTION mark_aliased();
CREATE OR REPLACE TRIGGER host_addresses_mark_changed AFTER UPDATE ON host_addresses
    REFERENCING NEW TABLE AS saved FOR EACH STATEMENT EXECUTE FUNCTION mark_aliased();
CREATE OR REPLACE TRIGGER certificate_mark_added AFTER INSERT ON certificate
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION mark_added('sha256');
CREATE OR REPLACE TRIGGER opt_out_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON opt_out
    FOR EACH STATEMENT EXECUTE FUNCTION mark_opted_out();
