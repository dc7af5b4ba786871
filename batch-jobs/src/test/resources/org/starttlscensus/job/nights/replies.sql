-- What a server says, as five kinds of mail servers do: most texts have the host's name in them, and some the time or an
-- id of the session, so that no two calls hear the same.
CREATE OR REPLACE FUNCTION census.kind_of_server(host bigint) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE WHEN census.draw(host, 50) < 0.45 THEN 1 WHEN census.draw(host, 50) < 0.65 THEN 2 WHEN census.draw(host, 50) < 0.8 THEN 3
                WHEN census.draw(host, 50) < 0.9 THEN 4 ELSE 5 END
$$;

CREATE OR REPLACE FUNCTION census.greeting(host bigint, name text, permit_id bigint, at timestamptz) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT CASE census.kind_of_server(host)
        WHEN 1 THEN '220 ' || name || E' ESMTP Postfix\r\n'
        WHEN 2 THEN '220 ' || name || ' ESMTP Exim 4.98 ' || to_char(at, 'Dy, DD Mon YYYY HH24:MI:SS') || E' +0000\r\n'
        WHEN 3 THEN '220 ' || name || ' Microsoft ESMTP MAIL Service ready at ' || to_char(at, 'Dy, DD Mon YYYY HH24:MI:SS') || ' +0000 ['
                    || upper(substr(md5(permit_id::text), 1, 16)) || E']\r\n'
        WHEN 4 THEN '220 ' || name || ' ESMTP ' || substr(md5(permit_id::text), 1, 24) || E' - gsmtp\r\n'
        ELSE '220-' || name || E' ESMTP\r\n220-We do not authorize the use of this system to transport unsolicited,\r\n220 and/or bulk e-mail.\r\n'
    END
$$;

CREATE OR REPLACE FUNCTION census.reply_to_ehlo(host bigint, name text, offers boolean) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE census.kind_of_server(host)
        WHEN 1 THEN '250-' || name || E'\r\n250-PIPELINING\r\n250-SIZE ' || 10240000 * (1 + host % 7) || E'\r\n250-ETRN\r\n' || said.starttls
                    || E'250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n250-DSN\r\n250-SMTPUTF8\r\n250 CHUNKING\r\n'
        WHEN 2 THEN '250-' || name || E' Hello census.test [192.0.2.1]\r\n250-SIZE 52428800\r\n250-LIMITS MAILMAX=1000 RCPTMAX=50000\r\n'
                    || E'250-8BITMIME\r\n250-PIPELINING\r\n250-PIPECONNECT\r\n' || said.starttls || E'250 HELP\r\n'
        WHEN 3 THEN '250-' || name || E' Hello [192.0.2.1]\r\n250-SIZE 157286400\r\n250-PIPELINING\r\n250-DSN\r\n250-ENHANCEDSTATUSCODES\r\n'
                    || said.starttls || E'250-8BITMIME\r\n250-BINARYMIME\r\n250-CHUNKING\r\n250 SMTPUTF8\r\n'
        WHEN 4 THEN '250-' || name || E' at your service, [192.0.2.1]\r\n250-SIZE 157286400\r\n250-8BITMIME\r\n' || said.starttls
                    || E'250-ENHANCEDSTATUSCODES\r\n250-PIPELINING\r\n250-CHUNKING\r\n250 SMTPUTF8\r\n'
        ELSE '250-' || name || E'\r\n250-PIPELINING\r\n' || said.starttls || E'250-AUTH PLAIN LOGIN\r\n250 8BITMIME\r\n'
    END
    FROM (SELECT CASE WHEN offers THEN E'250-STARTTLS\r\n' ELSE '' END) AS said (starttls)
$$;

CREATE OR REPLACE FUNCTION census.reply_to_quit(host bigint, name text, permit_id bigint) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE census.kind_of_server(host)
        WHEN 2 THEN '221 ' || name || E' closing connection\r\n'
        WHEN 3 THEN E'221 2.0.0 Service closing transmission channel\r\n'
        WHEN 4 THEN '221 2.0.0 closing connection ' || substr(md5(permit_id::text), 1, 24) || E' - gsmtp\r\n'
        ELSE E'221 2.0.0 Bye\r\n'
    END
$$
