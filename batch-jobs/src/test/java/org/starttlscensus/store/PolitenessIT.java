package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.CensusNight;

/** The aggregates of the ledger for a postmaster. */
@ExtendWith(EmptyDatabaseExtension.class)
class PolitenessIT {

    private static final CensusNight NIGHT = CensusNight.of("2026-11-23");

    private static Database database;

    private long endpoints;

    @BeforeAll
    static void open() {
        database.jdbc()
                .sql("INSERT INTO night (night, opened_at, method_version, trust_store) "
                        + "VALUES (:night, now(), '1', 'none')")
                .param("night", NIGHT.date())
                .update();
        ListedNights.pin(database, NIGHT);
    }

    @BeforeEach
    void deleteRows() {
        database.jdbc().sql("TRUNCATE permit, planned_call, asked_call").update();
        new MonthlyTables(database).open(NIGHT);
    }

    private long endpoint(String provider) {
        return endpoint(provider, "psl");
    }

    private long endpoint(String provider, String source) {
        database.jdbc()
                .sql("""
                INSERT INTO planned_call (night, endpoint_id, position, address, prefix, provider,
                                          provider_source, provider_rules, is_primary, is_implicit)
                VALUES (:night, :id, :id, '192.0.2.1', '192.0.2.0/24', :provider, :source, 'test', true, false)""")
                .param("night", NIGHT.date())
                .param("id", ++endpoints)
                .param("provider", provider)
                .param("source", source)
                .update();
        return endpoints;
    }

    /** An endpoint that somebody asked for, and no plan has. */
    private long asked(String provider, String source) {
        database.jdbc()
                .sql("""
                INSERT INTO asked_call (night, endpoint_id, provider, provider_source, asked_at)
                VALUES (:night, :id, :provider, :source, now())""")
                .param("night", NIGHT.date())
                .param("id", ++endpoints)
                .param("provider", provider)
                .param("source", source)
                .update();
        return endpoints;
    }

    /** Seconds into the night; an empty time is null. */
    private void permit(long endpoint, int attempt, int startAt, String started, String ended, String signal) {
        database.jdbc()
                .sql("""
                INSERT INTO permit (night, epoch, endpoint_id, attempt, patient, start_at, dial_before,
                                    started_at, ended_at, closed_at, signal)
                VALUES (:night, 1, :endpoint, :attempt, false, at(:start), at(:start + 10),
                        at(nullif(:started, '')::numeric),
                        at(nullif(:ended, '')::numeric), at(300),
                        :signal)""".replace("at(", "timestamptz '2026-11-23T22:00Z' + interval '1 second' * ("))
                .param("night", NIGHT.date())
                .param("endpoint", endpoint)
                .param("attempt", attempt)
                .param("start", startAt)
                .param("started", started)
                .param("ended", ended)
                .param("signal", signal)
                .update();
    }

    private List<String> rows() {
        new Politeness(database).aggregate(NIGHT, Map.of("a.example", 2), Map.of("n.example", 3));
        return published();
    }

    private List<String> published() {
        var rows = new ArrayList<String>();
        new PublishedRows(database).each(PublishedTable.POLITENESS, NIGHT, 25, row -> rows.add(String.join(",", row)));
        return rows;
    }

    @Test
    void countsCallsGapsAndOpenConnections() {
        permit(endpoint("b.example"), 1, 0, "0", "9", "ok");
        permit(endpoint("b.example"), 1, 5, "5.5", "8", "ok");
        permit(endpoint("b.example"), 1, 9, "9", "12", "rate_limited");
        assertEquals(
                List.of(
                        "2026-11-23,b.example,3,2,3.500,0,ok,2,provider,0",
                        "2026-11-23,b.example,3,2,3.500,0,rate_limited,1,provider,0"),
                rows());
    }

    @Test
    void countsACallOfADeadProcessAsTheWorstCase() {
        permit(endpoint("b.example"), 1, 0, "", "", "abandoned");
        permit(endpoint("b.example"), 1, 15, "15", "20", "ok");
        assertEquals(
                List.of(
                        "2026-11-23,b.example,2,2,5.000,0,ok,1,provider,0",
                        "2026-11-23,b.example,2,2,5.000,0,unknown,1,provider,0"),
                rows());
    }

    @Test
    void doesNotCountExpiredPermitsAndListsProvidersWithoutCalls() {
        permit(endpoint("a.example"), 1, 0, "", "", "not_dialled");
        assertEquals(List.of("2026-11-23,a.example,0,0,,2,,0,provider,0"), rows());
    }

    /** And how many addresses were left alone themselves. */
    @Test
    void saysWhoIsChargedWithARefusal() {
        permit(endpoint("n.example", "net"), 1, 0, "0", "1", "ok");
        permit(endpoint("o.example", "pool"), 1, 0, "0", "1", "ok");
        permit(endpoint("o.example", "override"), 1, 9, "9", "10", "ok");
        permit(endpoint("p.example", "cname"), 1, 0, "0", "1", "ok");
        assertEquals(
                List.of("n.example address,3", "o.example both,0", "p.example provider,0"),
                rows().stream()
                        .map(row -> row.replaceFirst("[^,]*,([^,]*),.*,(\\w+,\\d+)", "$1 $2"))
                        .toList());
    }

    /** Beside the night's own, at a provider of the plan, at a planned server that no plan calls, and at nobody's. */
    @Test
    void countsCallsThatSomebodyAskedFor() {
        permit(endpoint("b.example"), 1, 0, "0", "9", "ok");
        permit(asked("b.example", "cname"), 1, 5, "5.5", "8", "rate_limited");
        permit(asked("net:192.0.2.0/24", "net"), 1, 9, "9", "12", "ok");
        asked("c.example", "psl");
        assertEquals(
                List.of(
                        "2026-11-23,b.example,2,2,5.500,0,ok,1,provider,0",
                        "2026-11-23,b.example,2,2,5.500,0,rate_limited,1,provider,0",
                        "2026-11-23,net:192.0.2.0/24,1,1,,0,ok,1,address,0"),
                rows());
        assertEquals(
                List.of("cname psl", "net"),
                database.jdbc()
                        .sql("SELECT DISTINCT decided_by FROM politeness ORDER BY 1")
                        .query(String.class)
                        .list());
    }

    /** A check by day belongs to the ledger of the night before; the others of that night stay as they were counted. */
    @ParameterizedTest
    @ValueSource(ints = {1, 12})
    void addsCallsThatCameAfterTheirNightHadBeenCounted(int nightsLater) {
        permit(endpoint("a.example"), 1, 0, "0", "1", "ok");
        permit(endpoint("n.example", "net"), 1, 0, "0", "1", "ok");
        assertEquals(2, rows().size());
        database.jdbc()
                .sql("UPDATE night SET completed_at = '2026-11-23T22:03Z', opened_at = '2026-11-23T22:00Z'")
                .update();
        database.jdbc()
                .sql("DELETE FROM planned_call WHERE provider = 'n.example'")
                .update();
        permit(asked("a.example", "psl"), 1, 200, "200", "201", "ok");
        permit(asked("l.example", "psl"), 1, 210, "210", "211", "blocked_suspected");
        var next = new CensusNight(NIGHT.date().plusDays(nightsLater));
        new Politeness(database).aggregate(next, Map.of(), Map.of());
        assertEquals(
                List.of(
                        "2026-11-23,a.example,2,1,200.000,2,ok,2,provider,0",
                        "2026-11-23,l.example,1,1,,0,blocked_suspected,1,provider,0",
                        "2026-11-23,n.example,1,1,,0,ok,1,address,3"),
                published());
        database.jdbc().sql("UPDATE night SET completed_at = NULL").update();
    }

    @Test
    void returnsTheSameOrderEachTime() {
        for (var provider : List.of("c.example", "a.example", "B.example"))
            permit(endpoint(provider), 1, 0, "0", "1", "ok");
        var once = rows();
        assertEquals(3, once.size());
        assertEquals(once, rows());
        assertEquals(once.stream().sorted().toList(), once);
    }
}
