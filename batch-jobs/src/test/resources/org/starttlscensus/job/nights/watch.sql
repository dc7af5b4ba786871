-- Notes, whenever a step writes, whether the statistics know of tonight's rows of what it joins.
CREATE TABLE census.watched (what text, night date, knew boolean);

CREATE FUNCTION census.knows(relation text, for_night date) RETURNS boolean
    LANGUAGE sql
AS $$
    SELECT EXISTS (
        SELECT
        FROM pg_stats
        WHERE schemaname = 'census'
          AND tablename IN (relation, relation || to_char(for_night, '"_"YYYY"_"MM'))
          AND attname = 'night'
          AND for_night::text = ANY (most_common_vals::text::text[])
    )
$$;

CREATE FUNCTION census.watch() RETURNS trigger
    LANGUAGE plpgsql
AS $$
DECLARE
    tonight date := (SELECT max(night) FROM census.night);
BEGIN
    IF TG_ARGV[0] = 'plan: routes' THEN
        INSERT INTO census.watched VALUES (TG_ARGV[0], tonight, 5 = (
            SELECT count(DISTINCT tablename) FROM pg_stats
            WHERE schemaname = 'census' AND tablename IN ('mail_route', 'host_addresses', 'endpoint', 'mx_set_member', 'listed_domain')));
    ELSE
        INSERT INTO census.watched VALUES (TG_ARGV[0], tonight, census.knows(split_part(TG_ARGV[0], ': ', 2), tonight));
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER watch_a BEFORE INSERT ON census.planned_call FOR EACH STATEMENT EXECUTE FUNCTION census.watch('plan: routes');
CREATE TRIGGER watch_b BEFORE UPDATE ON census.planned_call FOR EACH STATEMENT EXECUTE FUNCTION census.watch('plan: planned_call');
CREATE TRIGGER watch_c BEFORE INSERT ON census.assessed_server FOR EACH STATEMENT EXECUTE FUNCTION census.watch('assess: permit');
CREATE TRIGGER watch_d BEFORE INSERT ON census.assessed_server FOR EACH STATEMENT EXECUTE FUNCTION census.watch('assess: observation');
CREATE TRIGGER watch_e BEFORE INSERT ON census.domain_verdict FOR EACH STATEMENT EXECUTE FUNCTION census.watch('aggregate: planned_call');
CREATE TRIGGER watch_f BEFORE INSERT ON census.domain_verdict FOR EACH STATEMENT EXECUTE FUNCTION census.watch('aggregate: server_night');
CREATE TRIGGER watch_h BEFORE INSERT ON census.server_state FOR EACH STATEMENT EXECUTE FUNCTION census.watch('file: assessed_server');
CREATE TRIGGER watch_g BEFORE INSERT ON census.source_standing FOR EACH STATEMENT EXECUTE FUNCTION census.watch('record: domain_verdict');
