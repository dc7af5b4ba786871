package org.starttlscensus.ledger;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.GrantedPermits;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.NightLease;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.Permits.Chosen;
import org.starttlscensus.store.Permits.Used;

/** A PostgreSQL server with an empty contact ledger, and a night of its own for each test. */
abstract class LedgerScene {

    static final Instant DUSK = VirtualNight.DUSK;

    @TempDir
    static Path directory;

    static Database database;
    static Permits permits;
    static CensusNight night = CensusNight.of("2030-01-01");

    @BeforeAll
    static void openDatabase() {
        database = EmptyDatabase.in(directory);
        permits = new Permits(database);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void nextNight() {
        night = new CensusNight(night.date().plusDays(1));
        PlannedNight.forgetContacts(database);
    }

    static Ledger open() {
        return StoredCalls.open(database, night);
    }

    static List<Chosen> chosen(long from, long to) {
        return chosen(from, to, 1);
    }

    static List<Chosen> chosen(long from, long to, int attempt) {
        return LongStream.range(from, to)
                .mapToObj(id -> new Chosen(
                        id, attempt, false, ProbeKind.STANDARD, DUSK.plusSeconds(id), DUSK.plusSeconds(id + 10)))
                .toList();
    }

    /** Permit ids by endpoint id. */
    static Map<Long, Long> committed(NightLease lease, List<Chosen> chosen) {
        return GrantedPermits.commit(permits, lease, chosen).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().permitId()));
    }

    static Used called(long permit, double start, double end, String signal) {
        return StoredCalls.made(permit, at(start), at(end), signal, Feedback.of(ReplyClass.of(signal)));
    }

    static Instant at(double seconds) {
        return DUSK.plusMillis(Math.round(1_000 * seconds));
    }
}
