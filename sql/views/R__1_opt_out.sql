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

CREATE OR REPLACE FUNCTION mark_added_domains() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (SELECT FROM census.opt_out) THEN
        UPDATE census.domain
        SET is_opted_out = true
        FROM added
        WHERE domain.domain_id = added.domain_id
          AND EXISTS (SELECT FROM census.opt_out WHERE opt_out.name = ANY (census.name_and_parents(added.name)));
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION mark_added_domains IS 'Marks the domains just added that opted out.';

CREATE OR REPLACE FUNCTION mark_added_hosts() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (SELECT FROM census.opt_out) THEN
        UPDATE census.mail_host
        SET is_opted_out = true
        FROM added
        WHERE mail_host.mail_host_id = added.mail_host_id
          AND EXISTS (SELECT FROM census.opt_out WHERE opt_out.name = ANY (census.name_and_parents(added.name)));
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION mark_added_hosts IS 'Marks the mail hosts just added that opted out.';

CREATE OR REPLACE FUNCTION mark_added_endpoints() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (SELECT FROM census.opt_out) THEN
        UPDATE census.endpoint
        SET is_opted_out = true
        FROM added
        JOIN census.mail_host USING (mail_host_id)
        WHERE endpoint.endpoint_id = added.endpoint_id
          AND (mail_host.is_opted_out
               OR EXISTS (SELECT FROM census.opt_out WHERE opt_out.network >>= added.address));
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION mark_added_endpoints IS 'Marks the endpoints just added whose mail host or address opted out.';

CREATE OR REPLACE FUNCTION mark_added_certificates() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (SELECT FROM census.opt_out) THEN
        UPDATE census.certificate
        SET is_opted_out = true
        FROM added
        WHERE certificate.sha256 = added.sha256
          AND (EXISTS (
                   SELECT
                   FROM census.certificate_names(added.dns_names, added.common_names, added.other_names) AS held (name)
                   JOIN census.opt_out ON opt_out.name = ANY (census.name_and_parents(held.name))
               )
               OR EXISTS (
                   SELECT
                   FROM census.certificate_addresses(added.other_names) AS held (address)
                   JOIN census.opt_out ON opt_out.network >>= held.address
               ));
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION mark_added_certificates IS 'Marks the certificates just added that name somebody who opted out.';

CREATE OR REPLACE FUNCTION mark_opted_out() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    -- Waits for those who are adding names, and lets others add only when the wish can be seen: nobody is missed between.
    LOCK TABLE census.domain, census.mail_host, census.endpoint, census.certificate IN SHARE ROW EXCLUSIVE MODE;
    UPDATE census.domain
    SET is_opted_out = NOT is_opted_out
    WHERE is_opted_out <> EXISTS (
        SELECT FROM census.opt_out WHERE opt_out.name = ANY (census.name_and_parents(domain.name))
    );
    UPDATE census.mail_host
    SET is_opted_out = NOT is_opted_out
    WHERE is_opted_out <> EXISTS (
        SELECT FROM census.opt_out WHERE opt_out.name = ANY (census.name_and_parents(mail_host.name))
    );
    UPDATE census.endpoint
    SET is_opted_out = NOT endpoint.is_opted_out
    FROM census.mail_host
    WHERE mail_host.mail_host_id = endpoint.mail_host_id
      AND endpoint.is_opted_out <> (
          mail_host.is_opted_out OR EXISTS (SELECT FROM census.opt_out WHERE opt_out.network >>= endpoint.address)
      );
    UPDATE census.certificate
    SET is_opted_out = NOT is_opted_out
    WHERE is_opted_out <> (
        EXISTS (
            SELECT
            FROM census.certificate_names(certificate.dns_names, certificate.common_names, certificate.other_names)
                AS held (name)
            JOIN census.opt_out ON opt_out.name = ANY (census.name_and_parents(held.name))
        )
        OR EXISTS (
            SELECT
            FROM census.certificate_addresses(certificate.other_names) AS held (address)
            JOIN census.opt_out ON opt_out.network >>= held.address
        )
    );
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION mark_opted_out IS 'Sets the marks of everybody anew after opt_out has changed.';

CREATE OR REPLACE TRIGGER domain_mark_added AFTER INSERT ON domain
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION mark_added_domains();
CREATE OR REPLACE TRIGGER mail_host_mark_added AFTER INSERT ON mail_host
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION mark_added_hosts();
CREATE OR REPLACE TRIGGER endpoint_mark_added AFTER INSERT ON endpoint
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION mark_added_endpoints();
CREATE OR REPLACE TRIGGER certificate_mark_added AFTER INSERT ON certificate
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION mark_added_certificates();
CREATE OR REPLACE TRIGGER opt_out_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON opt_out
    FOR EACH STATEMENT EXECUTE FUNCTION mark_opted_out();
