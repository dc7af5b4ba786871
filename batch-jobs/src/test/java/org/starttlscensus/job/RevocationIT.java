package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.fact.TlsTraits;
import org.starttlscensus.fact.TlsVersion;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.Explanations;
import org.starttlscensus.store.SeenCall;
import org.starttlscensus.store.WritableVerdicts;
import org.starttlscensus.tls.CertificateReader;
import org.starttlscensus.tls.OcspResponseReader;
import org.starttlscensus.verdict.IssuedCertificate;
import org.starttlscensus.verdict.StapledResponse;
import org.starttlscensus.verdict.TrustStore;

/** From stored OCSP responses to stored verdicts, for a night that older definitions judged without revocation. */
class RevocationIT {

    private static final CensusNight NIGHT = CensusNight.of("2030-01-01");
    private static final IssuedCertificate ISSUER =
            IssuedCertificate.ca("issuer").selfSigned();
    private static final IssuedCertificate LEAF =
            IssuedCertificate.draft("mx.example.net").by(ISSUER);

    /** By endpoint, from 1: good, revoked, good of another time, noise, none. */
    private static final List<Optional<Octets>> STAPLES = List.of(
            Optional.of(StapledResponse.of(LEAF, ISSUER, Observations.NIGHT).der()),
            Optional.of(StapledResponse.of(LEAF, ISSUER, Observations.NIGHT)
                    .revoked()
                    .der()),
            Optional.of(StapledResponse.of(LEAF, ISSUER, Observations.NIGHT.minus(Duration.ofDays(30)))
                    .der()),
            Optional.of(Octets.of("no DER at all")),
            Optional.empty());

    private static final Map<String, Long> EXPECTED =
            Map.of("mx1 false", 1L, "mx2 true", 1L, "mx3 unknown", 1L, "mx4 unknown", 1L, "mx5 unknown", 1L);

    @TempDir
    private static Path directory;

    private static Database database;

    @BeforeAll
    static void store() throws SQLException {
        database = EmptyDatabase.in(directory);
        PlannedNight.in(database, NIGHT, STAPLES.size(), STAPLES.size());
        var calls = IntStream.rangeClosed(1, STAPLES.size())
                .mapToObj(RevocationIT::seen)
                .toList();
        database.transactions().executeWithoutResult(_ -> {
            var observations = new org.starttlscensus.store.Observations(database);
            observations.saveStaples(STAPLES.stream()
                    .flatMap(Optional::stream)
                    .map(OcspResponseReader::read)
                    .toList());
            observations.save(
                    NIGHT, calls, List.of(CertificateReader.read(LEAF.der()), CertificateReader.read(ISSUER.der())));
        });
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
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static SeenCall seen(int endpoint) {
        var session = new TlsSession(
                TlsVersion.TLS_1_3,
                "TLS_AES_128_GCM_SHA256",
                Optional.of("x25519"),
                Optional.empty(),
                false,
                List.of(LEAF.der(), ISSUER.der()),
                "test",
                new TlsTraits(
                        Optional.empty(), Optional.empty(), false, false, STAPLES.get(endpoint - 1), Optional.empty()));
        var observation = Observations.ended(CallPhase.QUIT, Ending.COMPLETED)
                .session(session)
                .build();
        var permit = new Permit(
                endpoint,
                endpoint,
                observation.endpoint(),
                Optional.empty(),
                "p.test",
                1,
                false,
                ProbeKind.STANDARD,
                Observations.NIGHT,
                Observations.NIGHT.plusSeconds(10));
        return JudgedCalls.of(permit, observation);
    }

    @Test
    void aNightIsJudgedAgainByItsStaples() throws SQLException {
        reassess();
        assertEquals(
                Map.of("2020-01", (long) STAPLES.size()),
                StoredChains.counts(
                        database,
                        "SELECT method_version, count(*) FROM census.server_verdict WHERE outcome = 'local_error' "
                                + "GROUP BY method_version"));
        WritableVerdicts.publish(database, NIGHT, MethodVersion.VERSION);
        assertEquals(EXPECTED, StoredChains.counts(database, """
                SELECT split_part(mail_host.name, '.', 1) || ' ' || coalesce(server_verdict.revoked::text, 'unknown'), 1
                FROM census.server_verdict
                JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)"""));
        assertEquals(EXPECTED, StoredChains.counts(database, """
                SELECT split_part(mx_host, '.', 1) || ' ' || coalesce(revoked::text, 'unknown'), 1
                FROM pub.server_chain WHERE is_published"""));
        assertEquals(
                List.of(Optional.of(false), Optional.of(true), Optional.empty()),
                IntStream.rangeClosed(1, 3).mapToObj(RevocationIT::explained).toList());
    }

    private static void reassess() {
        try (var lock = database.tryRunLock().orElseThrow()) {
            var reassessmentResult = new Reassessment(
                            database,
                            SettingsReader.read(List.of(), Optional.empty(), Map.of()),
                            Progress.SILENT,
                            InstantSource.system())
                    .run(NIGHT, Optional.empty(), lock);
            assertEquals(List.of(NIGHT), reassessmentResult.nights());
        }
    }

    private static Optional<Boolean> explained(int endpoint) {
        var host = new Explanations(database)
                .host(NIGHT, new Hostname("mx%d.provider%d.test".formatted(endpoint, endpoint / STAPLES.size())))
                .orElseThrow();
        return host.servers().getFirst().verdict().orElseThrow().revoked();
    }
}
