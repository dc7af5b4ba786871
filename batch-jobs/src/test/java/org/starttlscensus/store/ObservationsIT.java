package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.OddCertificates;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Certificate;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.tls.CertificateReader;
import org.starttlscensus.tls.OcspResponseReader;

/** Observations, stored in PostgreSQL and read back. */
@ExtendWith(EmptyDatabaseExtension.class)
class ObservationsIT {

    private static final int ENDPOINTS = 200;

    private static Database database;
    private static CensusNight night = CensusNight.of("2030-01-01");
    private final Observations observations = new Observations(database);
    private final List<ReplyClass> classes = List.of(ReplyClass.values());
    private long permits = night.date().toEpochDay() * 1_000_000;

    @BeforeEach
    void nextNight() {
        night = new CensusNight(night.date().plusDays(1));
        PlannedNight.in(database, night, ENDPOINTS, ENDPOINTS);
    }

    private static Endpoint endpoint(long id) {
        return new Endpoint(
                new Hostname("mx" + id + ".provider" + id / ENDPOINTS + ".test"), Address.of("127.64.0." + id));
    }

    private SeenCall seen(long endpointId, int attempt, Observation observation) {
        var now = Instant.parse("2030-01-01T22:00:00Z");
        return new SeenCall(
                new Permit(
                        ++permits,
                        endpointId,
                        observation.endpoint(),
                        Optional.empty(),
                        "p.test",
                        attempt,
                        false,
                        ProbeKind.STANDARD,
                        now,
                        now.plusSeconds(10)),
                observation,
                classes.get((int) (permits % classes.size())),
                "rule" + permits % 3);
    }

    private void save(List<SeenCall> calls, List<Certificate> certificates) {
        database.transactions().executeWithoutResult(_ -> {
            observations.saveStaples(calls.stream()
                    .flatMap(call -> call.observation().shown().stream())
                    .flatMap(session -> session.traits().stapledOcsp().stream())
                    .map(OcspResponseReader::read)
                    .toList());
            observations.save(night, calls, certificates);
        });
    }

    private static Map<Long, List<Observation>> stored() {
        var stored = new LinkedHashMap<Long, List<Observation>>();
        var evidence = new Evidence(database);
        for (long after = 0; ; ) {
            var page = evidence.page(night, after, 37);
            if (page.isEmpty()) return stored;
            for (var planned : page) {
                stored.put(
                        planned.endpointId(),
                        planned.calls().stream()
                                .map(PlannedEndpoint.StoredCall::observation)
                                .toList());
                after = planned.endpointId();
            }
        }
    }

    @Test
    void anythingThatAPeerSendsIsReadBackUnchanged() {
        var lot = new RandomObservations(1, 40);
        var expected = new LinkedHashMap<Long, List<Observation>>();
        var calls = new ArrayList<SeenCall>();
        var random = new Random(1);
        for (long id = 1; id < ENDPOINTS; id++) {
            var made = new ArrayList<Observation>();
            for (int attempt = 1; attempt <= random.nextInt(4); attempt++) {
                made.add(lot.observation(endpoint(id)));
                calls.add(seen(id, attempt, made.getLast()));
            }
            expected.put(id, made);
        }
        expected.put((long) ENDPOINTS, List.of());
        Collections.shuffle(calls, random);
        save(calls, lot.certificates());
        assertEquals(expected.keySet(), stored().keySet());
        expected.forEach((id, made) -> assertEquals(made, stored(id), "endpoint " + id));
        save(calls.subList(0, 20), List.of());
        assertEquals(
                calls.size(),
                stored().values().stream().mapToInt(List::size).sum(),
                "stored once, however often it is reported");
    }

    /** Nothing of it would be stored, so it is not passed over in silence. */
    @Test
    void anotherCallUnderTheSameAttemptIsAnError() {
        var lot = new RandomObservations(2, 40);
        var first = lot.observation(endpoint(1));
        save(List.of(seen(1, 1, first)), lot.certificates());
        var at = first.startedAt().plusSeconds(86_400);
        var other = org.starttlscensus.Observations.ended(CallPhase.CONNECT, Ending.TIMED_OUT)
                .startedAt(at)
                .build();
        var refused = assertThrows(IllegalStateException.class, () -> save(List.of(seen(1, 1, other)), List.of()));
        assertTrue(refused.getMessage().contains("night " + night), refused::getMessage);
        assertEquals(List.of(first), stored(1));
    }

    private static List<Observation> stored(long id) {
        return new Evidence(database)
                .page(night, id - 1, 1).getFirst().calls().stream()
                        .map(PlannedEndpoint.StoredCall::observation)
                        .toList();
    }

    @Test
    void chainsMayHaveNoneOrAHundredCertificates() {
        var lot = new RandomObservations(2, 30);
        for (var session :
                List.of(lot.longSession(100), lot.longSession(0), lot.longSession(1), lot.longSession(100))) {
            long id = 1 + permits % ENDPOINTS;
            var call = with(lot.observation(endpoint(id)), session);
            save(List.of(seen(id, 1, call)), lot.certificates());
            assertEquals(List.of(call), stored(id));
        }
        assertEquals(0, PlannedNight.count(database, """
                SELECT count(*) FROM census.chain_certificate
                GROUP BY chain_id HAVING count(*) <> max(position) + 1 UNION ALL SELECT 0 LIMIT 1"""));
    }

    private static Observation with(Observation one, TlsSession session) {
        return new Observation(
                one.endpoint(),
                one.source(),
                one.ehloName(),
                one.startedAt(),
                one.took(),
                one.phase(),
                one.ending(),
                one.banner(),
                one.ehlo(),
                one.helo(),
                one.starttls(),
                Optional.of(session),
                one.tlsFailure()
                        .map(failure -> new TlsFailure(
                                failure.detail(),
                                failure.alert(),
                                failure.clientCertificateRequested(),
                                failure.after(),
                                Optional.of(session.offerId()))),
                one.afterTls(),
                one.quitReply(),
                one.excerpt(),
                one.received(),
                one.detail());
    }

    @Test
    void everyCertificateIsStoredWhateverItContains() {
        assertStored(new RandomObservations(3, 300).certificates());
    }

    @Test
    void everyOddCertificateIsStoredUnchanged() {
        var odd = OddCertificates.all();
        assertEquals(524, odd.size());
        var read = odd.stream().map(CertificateReader::read).toList();
        assertEquals(odd, read.stream().map(Certificate::der).toList());
        assertStored(read);
    }

    private void assertStored(List<Certificate> certificates) {
        save(List.of(), certificates);
        for (var certificate : certificates) {
            var row = JdbcClient.create(database.dataSource())
                    .sql("SELECT der, subject, dns_names, not_after::text FROM census.certificate "
                            + "WHERE sha256 = :sha256")
                    .param("sha256", certificate.sha256().toArray())
                    .query((found, _) -> List.of(
                            Octets.of(found.getBytes(1)),
                            Optional.ofNullable(found.getString(2)),
                            List.of((Object[]) found.getArray(3).getArray()),
                            Optional.ofNullable(found.getString(4))))
                    .single();
            assertEquals(
                    List.of(
                            certificate.der(),
                            certificate.subject().map(ObservationsIT::stored),
                            certificate.dnsNames().stream()
                                    .map(ObservationsIT::stored)
                                    .toList(),
                            certificate.notAfter().map(ObservationsIT::stored)),
                    row);
        }
    }

    private static String stored(String text) {
        return text.replace('\0', '\uFFFD').replaceAll("[\ud800-\udfff]", "\uFFFD");
    }

    private static String stored(Instant time) {
        if (time.isAfter(Instant.parse("9999-12-31T23:59:59Z"))) return "infinity";
        if (time.isBefore(Instant.parse("0001-01-01T00:00:00Z"))) return "-infinity";
        return time.toString().replace('T', ' ').replace("Z", "+00");
    }

    /** Each writer has one transaction and another order. The certificates and chains are not stored yet. */
    @Test
    void twoWritersOfTheSameCertificatesDoNotDeadlock() {
        for (int round = 0; round < 30; round++) {
            var lot = new RandomObservations(1_000 + round, 60);
            var writers = new ArrayList<CompletableFuture<Void>>();
            for (int writer = 0; writer < 2; writer++) {
                var shuffled = new ArrayList<>(lot.certificates());
                Collections.shuffle(shuffled, new Random(writer));
                var calls = new ArrayList<SeenCall>();
                for (long id = 1; id < 40; id++)
                    calls.add(seen(id, 1 + 2 * round + writer, lot.observation(endpoint(id))));
                writers.add(CompletableFuture.runAsync(() -> save(calls, shuffled)));
            }
            writers.forEach(CompletableFuture::join);
            var known = observations.knownCertificates(Set.copyOf(
                    lot.certificates().stream().map(Certificate::sha256).toList()));
            assertEquals(60, known.size());
        }
        assertTrue(PlannedNight.count(database, "SELECT count(*) FROM census.chain") > 0);
    }
}
