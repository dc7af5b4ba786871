package org.starttlscensus.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.starttlscensus.fact.Endpoint;

@DisplayName("A lab server, after STARTTLS,")
class LabCertificatesIT {

    private static Lab lab;

    @BeforeAll
    static void open(@TempDir Path directory) throws IOException {
        lab = Lab.open(directory);
    }

    @AfterAll
    static void close() throws IOException {
        lab.close();
    }

    private static Endpoint endpointOf(ServerBehavior behavior) {
        return lab.universe().endpoints().entrySet().stream()
                .filter(entry -> entry.getValue() == behavior)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static TlsLook look(Endpoint endpoint, TlsLook look) throws IOException {
        try (var client = new RawMailClient(lab, endpoint.address(), Duration.ofSeconds(10))) {
            client.reply();
            client.ask("EHLO client.test");
            assertTrue(client.ask("STARTTLS").getFirst().startsWith("220 "));
            assertTrue(client.speakTls(look).startsWith("250-"));
        }
        return look;
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.INCLUDE,
            names = {
                "TLS_1_3",
                "TLS_1_3_HYBRID",
                "TLS_1_2",
                "TLS_1_0",
                "ASKS_CLIENT_CERTIFICATE",
                "GREET_DELAY",
                "SPLIT_REPLIES",
                "EXPIRED",
                "WRONG_NAME",
                "SELF_SIGNED",
                "INCOMPLETE_CHAIN",
                "CN_ONLY",
                "STRANGE_ROOT",
                "TARPIT"
            })
    void sendsWhatItsBehaviorSays(ServerBehavior behavior) throws IOException, GeneralSecurityException {
        var endpoint = endpointOf(behavior);
        var seen = look(endpoint, TlsLook.atAnything());
        var expected = behavior.expected();
        assertEquals(expected.tlsVersion().orElseThrow(), label(seen.version));
        assertEquals(
                expected.group().orElseThrow(), NamedGroup.getText(seen.group).replaceFirst("\\(.*", ""));
        var chain = certificates(seen.chain);
        assertEquals(expected.chain().orElseThrow(), judged(chain));
        assertEquals(
                expected.name().orElseThrow(),
                matched(chain.getFirst(), endpoint.mxHost().ascii()));
        assertEquals(behavior == ServerBehavior.ASKS_CLIENT_CERTIFICATE, seen.askedForCertificate);
    }

    @Test
    void speaksItsOwnVersionOnly() {
        for (var behavior : List.of(ServerBehavior.TLS_1_0, ServerBehavior.TLS_1_2)) {
            assertThrows(IOException.class, () -> look(endpointOf(behavior), new TlsLook(ProtocolVersion.TLSv13)));
        }
        assertThrows(
                IOException.class, () -> look(endpointOf(ServerBehavior.TLS_1_3), new TlsLook(ProtocolVersion.TLSv12)));
    }

    @Test
    void sendsAnAlertInsteadOfAHello() {
        var look = TlsLook.atAnything();
        assertThrows(TlsFatalAlertReceived.class, () -> look(endpointOf(ServerBehavior.ALERT), look));
        assertEquals(40, look.alertReceived);
    }

    @Test
    void requiresAClientCertificateAfterItsOwnFinished() {
        var look = TlsLook.atAnything();
        assertThrows(IOException.class, () -> look(endpointOf(ServerBehavior.CLIENT_CERTIFICATE), look));
        assertTrue(look.askedForCertificate);
        assertEquals(116, look.alertReceived);
        assertNotEquals(-1, look.group, "on TLS 1.3 the client had finished when the alert came");
    }

    @Test
    void coversTenantsAndAliasesByName() throws IOException, GeneralSecurityException {
        for (var endpoint : lab.universe().endpoints().keySet()) {
            if (!endpoint.mxHost().ascii().matches("(tenant-2.|mx)\\..*")) continue;
            var leaf = certificates(look(endpoint, TlsLook.atAnything()).chain).getFirst();
            assertEquals("match", matched(leaf, endpoint.mxHost().ascii()), endpoint.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.INCLUDE,
            names = {"TLS_1_3", "TLS_1_2", "EXPIRED", "WRONG_NAME", "SELF_SIGNED", "INCOMPLETE_CHAIN", "STRANGE_ROOT"})
    void isTrustedByTheJdksOwnClientOnlyWithValidCertificates(ServerBehavior behavior)
            throws IOException, GeneralSecurityException {
        var endpoint = endpointOf(behavior);
        try (var client = new RawMailClient(lab, endpoint.address(), Duration.ofSeconds(10))) {
            client.reply();
            client.ask("EHLO client.test");
            client.ask("STARTTLS");
            var inOrder = behavior == ServerBehavior.TLS_1_3 || behavior == ServerBehavior.TLS_1_2;
            var tls = client.strictTls(
                    endpoint.mxHost().ascii(), Path.of(lab.settings().get("census.tls.trust-store")));
            if (inOrder) tls.startHandshake();
            else assertThrows(SSLHandshakeException.class, tls::startHandshake);
        }
    }

    private static String label(ProtocolVersion version) {
        return version.equals(ProtocolVersion.TLSv10)
                ? "TLSv1"
                : version.getName().replace("TLS ", "TLSv");
    }

    private static List<X509Certificate> certificates(List<byte[]> chain) throws GeneralSecurityException {
        var factory = CertificateFactory.getInstance("X.509");
        return chain.stream()
                .map(der -> {
                    try {
                        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
                    } catch (GeneralSecurityException unreadable) {
                        throw new AssertionError(unreadable);
                    }
                })
                .toList();
    }

    /** A verdict by the JDK's PKIX, which is enough to tell the lab's kinds of certificates apart. */
    private static String judged(List<X509Certificate> chain) throws IOException, GeneralSecurityException {
        var now = Instant.now();
        var leaf = chain.getFirst();
        if (leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal())) return "self_signed";
        if (valid(chain, now)) return "trusted";
        if (valid(chain, leaf.getNotBefore().toInstant()))
            return leaf.getNotAfter().toInstant().isBefore(now) ? "expired" : "?";
        var last = chain.getLast();
        return last.getIssuerX500Principal().equals(last.getSubjectX500Principal()) ? "untrusted_root" : "incomplete";
    }

    private static boolean valid(List<X509Certificate> chain, Instant at) throws IOException, GeneralSecurityException {
        var factory = CertificateFactory.getInstance("X.509");
        try (var pem = Files.newInputStream(Path.of(lab.settings().get("census.tls.trust-store")))) {
            var parameters = new PKIXParameters(
                    Set.of(new TrustAnchor((X509Certificate) factory.generateCertificate(pem), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(chain), parameters);
            return true;
        } catch (CertPathValidatorException invalid) {
            return false;
        }
    }

    private static String matched(X509Certificate leaf, String host) throws GeneralSecurityException {
        var names = leaf.getSubjectAlternativeNames();
        if (names == null)
            return leaf.getSubjectX500Principal().getName().equals("CN=" + host) ? "cn_only" : "mismatch";
        assertFalse(names.isEmpty());
        return names.stream()
                        .map(name -> (String) name.get(1))
                        .anyMatch(name -> name.equals(host)
                                || (name.startsWith("*.")
                                        && host.endsWith(name.substring(1))
                                        && host.indexOf('.') == host.length() - name.length() + 1))
                ? "match"
                : "mismatch";
    }
}
