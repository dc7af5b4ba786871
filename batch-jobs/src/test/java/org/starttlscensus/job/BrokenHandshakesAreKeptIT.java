package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.JudgedCalls;
import org.starttlscensus.Observations;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.fact.TlsVersion;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.SeenCall;
import org.starttlscensus.store.WritableVerdicts;
import org.starttlscensus.tls.CertificateReader;
import org.starttlscensus.verdict.IssuedCertificate;
import org.starttlscensus.verdict.TrustStore;

/** From the stored calls of handshakes that broke, were refused or had no certificate, to what is published of them. */
class BrokenHandshakesAreKeptIT {

    private static final CensusNight NIGHT = CensusNight.of("2030-01-01");
    private static final IssuedCertificate ISSUER =
            IssuedCertificate.ca("issuer").selfSigned();
    private static final IssuedCertificate LEAF =
            IssuedCertificate.draft("mx.example.net").by(ISSUER);
    private static final String ECDHE = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    /** By endpoint, from 1: its calls in their order. */
    private static final List<List<Observation>> CALLS = List.of(
            // a client certificate is wanted, in TLS 1.2
            List.of(broken(alert(40, true, HandshakeMessage.SERVER_HELLO_DONE), Optional.of(session(ECDHE, chain())))),
            // it broke behind the certificates; the next call showed nothing
            List.of(
                    broken(
                            alert(51, false, HandshakeMessage.SERVER_KEY_EXCHANGE),
                            Optional.of(session(ECDHE, chain()))),
                    broken(alert(80, true, HandshakeMessage.CLIENT_HELLO), Optional.empty())),
            // it broke before any certificate
            List.of(broken(alert(80, true, HandshakeMessage.SERVER_HELLO), Optional.of(session(ECDHE, List.of())))),
            // it has no certificate at all
            List.of(
                    broken(alert(40, true, HandshakeMessage.CLIENT_HELLO), Optional.empty()),
                    finished(session("TLS_ECDH_anon_WITH_AES_256_CBC_SHA", List.of()))),
            // it refuses the name
            List.of(
                    broken(alert(112, true, HandshakeMessage.CLIENT_HELLO), Optional.empty()),
                    finished(session(ECDHE, chain()))));

    @TempDir
    private static Path directory;

    private static Database database;

    @BeforeAll
    static void store() throws SQLException {
        database = EmptyDatabase.in(directory);
        PlannedNight.in(database, NIGHT, CALLS.size(), CALLS.size());
        var calls = new ArrayList<SeenCall>();
        for (int i = 0; i < CALLS.size(); i++) {
            for (int attempt = 0; attempt < CALLS.get(i).size(); attempt++)
                calls.add(
                        seen(calls.size() + 1, i + 1, attempt + 1, CALLS.get(i).get(attempt)));
        }
        database.transactions()
                .executeWithoutResult(_ -> new org.starttlscensus.store.Observations(database)
                        .save(
                                NIGHT,
                                calls,
                                Stream.of(LEAF, ISSUER)
                                        .map(one -> CertificateReader.read(one.der()))
                                        .toList()));
        try (var connection = database.dataSource().getConnection();
                var run = connection.createStatement()) {
            run.execute("UPDATE census.night SET completed_at = opened_at + interval '4 hours', trust_store = '%s'"
                    .formatted(TrustStore.mozilla().name()));
            WritableVerdicts.in(database);
            run.execute("""
                    INSERT INTO census.server_verdict (night, endpoint_id, outcome, attempts, flags, method_version)
                    SELECT night, endpoint_id, 'local_error', count(*), '{}', '2020-01' FROM census.observation
                    GROUP BY night, endpoint_id""");
        }
        try (var lock = database.tryRunLock().orElseThrow()) {
            new Reassessment(
                            database,
                            SettingsReader.read(List.of(), Optional.empty(), Map.of()),
                            Progress.SILENT,
                            java.time.InstantSource.system())
                    .run(NIGHT, Optional.empty(), lock);
        }
        WritableVerdicts.publish(database, NIGHT, MethodVersion.VERSION);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void whatWasShownIsPublished() throws SQLException {
        assertEquals(
                Map.of(
                        "mx1 client_cert_required TLSv1.2 %s x25519 untrusted_root mismatch".formatted(ECDHE),
                        1L,
                        "mx2 tls_failed TLSv1.2 %s x25519 untrusted_root mismatch".formatted(ECDHE),
                        1L,
                        "mx3 tls_failed TLSv1.2 %s x25519 - -".formatted(ECDHE),
                        1L,
                        "mx4 starttls_ok TLSv1.2 TLS_ECDH_anon_WITH_AES_256_CBC_SHA x25519 none -",
                        1L,
                        "mx5 starttls_ok TLSv1.2 %s x25519 untrusted_root mismatch".formatted(ECDHE),
                        1L),
                StoredChains.counts(database, """
                        SELECT concat_ws(' ', split_part(mx_host, '.', 1), outcome, tls_version, cipher_suite,
                                         key_exchange_group, coalesce(chain, '-'), coalesce(name_match, '-')), 1
                        FROM pub.server"""));
    }

    @Test
    void theFlagsSayWhatMadeTheDifference() throws SQLException {
        assertEquals(
                Map.of("mx1", 1L, "mx2", 1L, "mx3", 1L, "mx4", 1L, "mx5 sni_refused", 1L),
                StoredChains.counts(database, """
                        SELECT concat_ws(' ', split_part(mx_host, '.', 1), array_to_string(flags, ',')), 1
                        FROM (SELECT mx_host, nullif(flags, '{}') AS flags FROM pub.server) AS server"""));
    }

    @Test
    void aHandshakeThatBrokeIsNotFinished() throws SQLException {
        assertEquals(
                Map.of(
                        "mx1 1 false 2", 1L,
                        "mx2 1 false 2", 1L,
                        "mx2 2 false 0", 1L,
                        "mx3 1 false 0", 1L,
                        "mx4 1 false 0", 1L,
                        "mx4 2 true 0", 1L,
                        "mx5 1 false 0", 1L,
                        "mx5 2 true 2", 1L),
                StoredChains.counts(database, """
                        SELECT concat_ws(' ', split_part(mx_host, '.', 1), attempt, finished::text,
                                         cardinality(chain_sha256)), 1
                        FROM pub.handshake"""));
    }

    private static SeenCall seen(long permit, long endpoint, int attempt, Observation observation) {
        return JudgedCalls.of(
                new Permit(
                        permit,
                        endpoint,
                        observation.endpoint(),
                        Optional.empty(),
                        "p.test",
                        attempt,
                        false,
                        ProbeKind.STANDARD,
                        Observations.NIGHT,
                        Observations.NIGHT.plusSeconds(10)),
                observation);
    }

    private static List<Octets> chain() {
        return List.of(LEAF.der(), ISSUER.der());
    }

    private static TlsSession session(String suite, List<Octets> chain) {
        return new TlsSession(TlsVersion.TLS_1_2, suite, Optional.of("x25519"), Optional.empty(), false, chain, "test");
    }

    private static TlsFailure alert(int code, boolean received, HandshakeMessage after) {
        return new TlsFailure(
                TlsFailure.Detail.ALERT,
                Optional.of(new TlsAlert(received, code, "alert " + code)),
                after == HandshakeMessage.SERVER_HELLO_DONE,
                Optional.of(after),
                Optional.of("large"));
    }

    private static Observation broken(TlsFailure failure, Optional<TlsSession> shown) {
        return Observations.ended(CallPhase.HANDSHAKE, Ending.TLS_FAILURE)
                .failure(failure.showing(shown))
                .took(CallPhase.HANDSHAKE, java.time.Duration.ofMillis(3))
                .build();
    }

    private static Observation finished(TlsSession session) {
        return Observations.ended(CallPhase.QUIT, Ending.COMPLETED)
                .session(session)
                .startedAt(Observations.NIGHT.plusSeconds(3_600))
                .took(CallPhase.HANDSHAKE, java.time.Duration.ofMillis(3))
                .build();
    }
}
