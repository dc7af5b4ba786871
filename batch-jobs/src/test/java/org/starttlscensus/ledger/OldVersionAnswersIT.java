package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.JudgedCalls;
import org.starttlscensus.Observations;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsFailure.Detail;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.fact.TlsVersion;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.OldVersionCalls;
import org.starttlscensus.store.SeenCall;
import org.starttlscensus.store.WritableVerdicts;

/** What the answers of the old-version campaign add up to, on a real PostgreSQL. */
class OldVersionAnswersIT {

    private static final Instant DUSK = VirtualNight.DUSK;

    @TempDir
    Path directory;

    private Database database;

    @BeforeEach
    void open() {
        database = EmptyDatabase.in(directory);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void areCountedAndMissingOnesAreUnknown() {
        var night = CensusNight.of("2035-01-01");
        PlannedNight.in(database, night, 10, 10);
        WritableVerdicts.in(database);
        var jdbc = JdbcClient.create(database.dataSource());
        jdbc.sql("UPDATE census.planned_call SET old_version_question = 'small_dh' WHERE endpoint_id <= 7")
                .update();
        jdbc.sql("""
                INSERT INTO census.server_verdict
                    (night, endpoint_id, outcome, attempts, flags, method_version, starttls, usable)
                SELECT night, endpoint_id, CASE WHEN endpoint_id = 7 THEN 'tls_failed' ELSE 'starttls_ok' END,
                       1, '{}', 'test', true, endpoint_id <> 7
                FROM census.planned_call WHERE night = '2035-01-01' AND endpoint_id <= 7""").update();
        var calls = List.of(
                call(1, finished("dh-1024")),
                call(2, finished("dh-2048")),
                call(3, finished("dh-768")),
                call(4, broken(Detail.ALERT, HandshakeMessage.CLIENT_HELLO)),
                call(5, broken(Detail.TIMEOUT, HandshakeMessage.CLIENT_HELLO)));
        var campaign = new OldVersionCalls(database);
        database.transactions().executeWithoutResult(_ -> campaign.save(night, calls));
        campaign.aggregate(night);
        campaign.aggregate(night);
        // the plan is dropped after a season
        jdbc.sql("DELETE FROM census.planned_call").update();
        assertEquals(
                List.of("small_dh 2 2 2 50.00 33.33 66.67 66.67"),
                jdbc.sql("""
                SELECT concat_ws(' ', question, n_accepted, n_refused, n_unknown, pct, pct_low, pct_high, coverage)
                FROM pub.old_version WHERE night = '2035-01-01'""").query(String.class).list());
        assertEquals(
                Map.of(
                        "1",
                        "accepted",
                        "2",
                        "refused",
                        "3",
                        "accepted",
                        "4",
                        "refused",
                        "5",
                        "unknown",
                        "6",
                        "unknown"),
                jdbc.sql("""
                        SELECT substring(mx_host FROM '^mx([0-9]+)') || ' ' || answer
                        FROM pub.old_version_answer""").query(String.class).list().stream()
                        .map(row -> row.split(" "))
                        .collect(Collectors.toMap(row -> row[0], row -> row[1])));
    }

    private static SeenCall call(long endpoint, Observation observation) {
        return JudgedCalls.of(
                new Permit(
                        1_000 + endpoint,
                        endpoint,
                        new Endpoint(
                                observation.endpoint().mxHost(),
                                observation.endpoint().address()),
                        Optional.empty(),
                        "example.net",
                        2,
                        false,
                        ProbeKind.SMALL_DH,
                        DUSK,
                        DUSK.plusSeconds(10)),
                observation);
    }

    private static Observation finished(String group) {
        return Observations.ended(CallPhase.QUIT, Ending.COMPLETED)
                .session(new TlsSession(
                        TlsVersion.TLS_1_2,
                        "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                        Optional.of(group),
                        Optional.empty(),
                        false,
                        List.of(),
                        "old"))
                .build();
    }

    private static Observation broken(Detail detail, HandshakeMessage after) {
        return Observations.ended(CallPhase.HANDSHAKE, Ending.TLS_FAILURE)
                .failure(new TlsFailure(
                        detail,
                        detail == Detail.ALERT
                                ? Optional.of(new TlsAlert(true, 40, "handshake_failure"))
                                : Optional.empty(),
                        false,
                        Optional.of(after),
                        Optional.of("old")))
                .build();
    }
}
