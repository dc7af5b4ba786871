package org.starttlscensus.job;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.store.Database;
import org.starttlscensus.tls.CertificateReader;

/**
 * Any number of distinct chains under one root, each shown by any number of calls. Every tenth chain lacks its
 * intermediate certificate, which the other chains have.
 */
final class StoredChains {

    static final String NIGHT = "2030-03-03";
    private static final KeyPair KEY = key();
    private static final String ADD_CERTIFICATE = """
            INSERT INTO census.certificate (sha256, der, readable, dns_names, common_names, is_ca,
                                            subject_sha256, issuer_sha256)
            VALUES (?, ?, true, ?, '{}', ?, ?, ?) ON CONFLICT DO NOTHING""";

    private final Database database;
    private final Octets root = issued("root", "root", true, 1);
    private final Octets intermediate = issued("intermediate", "root", true, 2);

    StoredChains(Database database) {
        this.database = database;
    }

    /** The root alone, as a trust store. */
    Path trustStore(Path file) throws IOException {
        return Files.writeString(
                file,
                "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(root.toArray())
                        + "\n-----END CERTIFICATE-----\n");
    }

    void store(int chains, int calls) throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            run(connection, """
                    INSERT INTO census.night (night, method_version, trust_store, opened_at, completed_at)
                    VALUES ('%s', 'test', 'nobody', now(), now()) ON CONFLICT DO NOTHING""".formatted(NIGHT));
            run(connection, "SELECT census.open_partitions('%s')".formatted(NIGHT));
            connection.setAutoCommit(false);
            certificate(connection, intermediate, "", true);
            for (int i = 0; i < chains; i++) chain(connection, i);
            connection.commit();
            connection.setAutoCommit(true);
            run(connection, """
                    INSERT INTO census.tls_profile (sha256, tls_version, cipher_suite, client_certificate_requested,
                                                    chain_id, offer_id, session_ticket, hello_retry_requested)
                    SELECT sha256(chain_id::text::bytea), 'TLSv1.3', 'TLS_AES_128_GCM_SHA256', false, chain_id, 'test',
                           false, false
                    FROM census.chain
                    ON CONFLICT DO NOTHING""");
            calls(connection, calls);
        }
    }

    /** Chains alone, with these numbers: nobody has shown them yet. */
    void add(int first, int count) throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            certificate(connection, intermediate, "", true);
            for (int i = first; i < first + count; i++) chain(connection, i);
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    /** More calls, spread over the chains. */
    void calls(int calls) throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            calls(connection, calls);
        }
    }

    private static void calls(Connection connection, int calls) throws SQLException {
        run(connection, """
                INSERT INTO census.observation (started_at, endpoint_id, night, call_settings_id, reply_judgement_id, phase,
                                                ending, received, tls_profile_id, attempt, is_clean_look, advertised,
                                                tls_unfinished)
                SELECT '2030-03-03T23:00:00Z', known.last + call, '%s', 1, 1, 'quit', 'completed', 100,
                       profile.ids[1 + call %% cardinality(profile.ids)], 1, false, true, false
                FROM generate_series(1, %d) AS call,
                     (SELECT array_agg(tls_profile_id) AS ids FROM census.tls_profile) AS profile,
                     (SELECT coalesce(max(endpoint_id), 0) AS last FROM census.observation) AS known\
                """.formatted(NIGHT, calls));
        run(
                connection,
                "ANALYZE census.observation, census.tls_profile, census.chain, census.chain_certificate, "
                        + "census.certificate");
    }

    private void chain(Connection connection, int number) throws SQLException {
        var leaf = issued("mx" + number + ".example.org", "intermediate", false, 10 + number);
        certificate(connection, leaf, "mx" + number + ".example.org", false);
        try (var insert = connection.prepareStatement("""
                WITH added AS (INSERT INTO census.chain (sha256) VALUES (?) RETURNING chain_id)
                INSERT INTO census.chain_certificate SELECT chain_id, member.position - 1, member.sha256
                FROM added, unnest(?) WITH ORDINALITY AS member (sha256, position)""")) {
            insert.setBytes(1, leaf.sha256().toArray());
            var sent = number % 10 == 0 ? List.of(leaf) : List.of(leaf, intermediate);
            insert.setArray(
                    2,
                    connection.createArrayOf(
                            "bytea",
                            sent.stream().map(each -> each.sha256().toArray()).toArray(byte[][]::new)));
            insert.executeUpdate();
        }
    }

    private static void certificate(Connection connection, Octets der, String name, boolean ca) throws SQLException {
        var read = CertificateReader.read(der);
        try (var insert = connection.prepareStatement(ADD_CERTIFICATE)) {
            insert.setBytes(1, der.sha256().toArray());
            insert.setBytes(2, der.toArray());
            insert.setArray(3, connection.createArrayOf("text", new Object[] {name}));
            insert.setBoolean(4, ca);
            insert.setBytes(5, read.subjectSha256().orElseThrow().toArray());
            insert.setBytes(6, read.issuerSha256().orElseThrow().toArray());
            insert.executeUpdate();
        }
    }

    private static Octets issued(String subject, String issuer, boolean ca, int serial) {
        var builder = new X509v3CertificateBuilder(
                new X500Name("CN=" + issuer),
                BigInteger.valueOf(serial),
                Date.from(Instant.parse("2029-01-01T00:00:00Z")),
                Date.from(Instant.parse("2031-01-01T00:00:00Z")),
                new X500Name("CN=" + subject),
                SubjectPublicKeyInfo.getInstance(KEY.getPublic().getEncoded()));
        try {
            if (ca) builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            else
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, subject)));
            return Octets.of(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(KEY.getPrivate()))
                    .getEncoded());
        } catch (IOException | OperatorCreationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static KeyPair key() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static Map<String, Long> counts(Database database, String question) throws SQLException {
        Map<String, Long> found = new HashMap<>();
        try (var connection = database.dataSource().getConnection();
                var rows = connection.createStatement().executeQuery(question)) {
            while (rows.next()) found.put(rows.getString(1), rows.getLong(2));
        }
        return found;
    }

    private static void run(Connection connection, String statement) throws SQLException {
        try (var run = connection.createStatement()) {
            run.execute(statement);
        }
    }
}
