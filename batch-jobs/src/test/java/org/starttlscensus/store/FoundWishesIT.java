package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.OptOutSubject;
import org.starttlscensus.store.OptOutRecords.Said;
import org.starttlscensus.store.OptOutRecords.Seen;

/** However many wishes a night finds, all names and certificates are gone through once. */
@ExtendWith(EmptyDatabaseExtension.class)
class FoundWishesIT {

    private static final CensusNight FIRST = CensusNight.of("2030-01-01");
    private static final CensusNight SECOND = CensusNight.of("2030-01-02");
    private static final Instant NOW = Instant.parse("2030-01-01T22:00:00Z");

    private static Database database;

    private static void execute(String sql) {
        database.jdbc().sql(sql).update();
    }

    private static List<String> rows(String question) {
        return database.jdbc().sql(question).query(String.class).list();
    }

    private static Said seen(OptOutSubject... subjects) {
        return new Said(
                List.of(subjects).stream()
                        .map(subject -> new Seen(subject, "_starttls-census." + subject))
                        .toList(),
                List.of(),
                List.of());
    }

    /** Counts the statements that go through all names. */
    @BeforeEach
    void count() {
        execute("CREATE TABLE public.pass (at timestamptz)");
        execute("""
                CREATE FUNCTION public.count_pass() RETURNS trigger LANGUAGE plpgsql
                AS 'BEGIN INSERT INTO public.pass VALUES (now()); RETURN NULL; END'""");
        execute("""
                CREATE TRIGGER counted AFTER INSERT OR DELETE ON census.opt_out
                FOR EACH STATEMENT EXECUTE FUNCTION public.count_pass()""");
    }

    private static String passes() {
        return String.join("", rows("SELECT count(*)::text FROM public.pass"));
    }

    @Test
    void allAreAddedAtOnceAfterTheLookUpsAndARestartLosesNone() {
        execute("INSERT INTO census.domain (name) SELECT 'd' || n || '.test' FROM generate_series(0, 39) AS n");
        execute("INSERT INTO census.mail_host (name) VALUES ('mx.test')");
        execute("""
                INSERT INTO census.endpoint (mail_host_id, address)
                SELECT mail_host_id, '192.0.2.7' FROM census.mail_host""");
        for (int i = 0; i < 30; i++)
            new OptOutRecords(database).collect(FIRST, seen(OptOutSubject.ofName("d" + i + ".test")), NOW);
        new OptOutRecords(database).collect(FIRST, seen(OptOutSubject.ofAddress(Address.of("192.0.2.7"))), NOW);
        new OptOutRecords(database).collect(FIRST, seen(OptOutSubject.ofName("d3.test")), NOW); // after a restart
        assertEquals("0", passes());

        // noted by our operator meanwhile
        var told = new OptOuts.Told(Optional.empty(), Optional.empty());
        new OptOuts(database).add(OptOutSubject.ofName("d0.test"), told, "operator", NOW);
        assertEquals("1", passes());

        new OptOutRecords(database).addFound();
        assertEquals("2", passes());
        assertEquals(List.of("30"), rows("SELECT count(*)::text FROM census.domain WHERE is_opted_out"));
        assertEquals(List.of("1"), rows("SELECT count(*)::text FROM census.endpoint WHERE is_opted_out"));
        assertEquals(31, new OptOutRecords(database).known().size());
        assertEquals(
                List.of("_starttls-census.d7.test 2030-01-01"),
                rows("SELECT record || ' ' || last_seen FROM census.opt_out_wish WHERE record LIKE '%.d7.test'"));

        // seen again the next night: nothing to add
        new OptOutRecords(database).collect(SECOND, seen(OptOutSubject.ofName("d7.test")), NOW);
        new OptOutRecords(database).addFound();
        assertEquals("2", passes());
        assertEquals(
                List.of("2030-01-02"),
                rows("SELECT last_seen::text FROM census.opt_out_wish WHERE record LIKE '%.d7.test'"));
    }
}
