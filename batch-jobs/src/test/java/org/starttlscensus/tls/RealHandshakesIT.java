package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.TlsSession;

/**
 * Handshakes with real mail servers, compared with what {@code openssl s_client} and Postfix's {@code posttls-finger}
 * report of them. Runs where {@code .ci/real-parts} has started them.
 */
@EnabledIfSystemProperty(
        named = "census.real-parts",
        matches = ".+",
        disabledReason = "no real mail servers: start them with .ci/real-parts, then pass -Dcensus.real-parts=FILE")
class RealHandshakesIT {

    private static final int PORT = 2_525;
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource({
        "Postfix,               127.40.1.1, mx.modern.test",
        "'Postfix, TLS 1.2',    127.40.2.1, mx.tls12.test",
        "Exim,                  127.40.5.1, mx.exim.test",
        "OpenSMTPD,             127.40.7.1, mx.opensmtpd.test"
    })
    void showWhatOtherClientsSee(String what, String address, String name) throws Exception {
        assertSeenAlike(what, address, PORT, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void showWhatOtherClientsSeeOfOpensslsServer(String version, @TempDir Path directory) throws Exception {
        var key = TestCertificates.rsaKey(2_048);
        var chain = List.of(TestCertificates.named(key, "mx.openssl.test", "mx.openssl.test"));
        // With its own preference, because with the clients' preference each client would get another suite.
        try (var server = new OpensslServer(directory, key, chain, version, "-serverpref", "-naccept", "3");
                var front = speaksSmtpFirst(server.port())) {
            assertSeenAlike("openssl s_server " + version, "127.0.0.1", front.port(), "mx.openssl.test");
        }
    }

    /** OpenSSL's server has no STARTTLS, so this speaks SMTP before it and then relays every octet. */
    private static LoopbackServer speaksSmtpFirst(int serverPort) throws IOException {
        return new LoopbackServer(connection -> {
            for (var reply : List.of(
                    "220 mx.openssl.test ESMTP\r\n", "250-mx.openssl.test\r\n250 STARTTLS\r\n", "220 go ahead\r\n")) {
                if (!reply.startsWith("220 mx")) line(connection.getInputStream());
                connection.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
            }
            try (var server = new Socket(InetAddress.ofLiteral("127.0.0.1"), serverPort)) {
                Thread.ofVirtual().start(() -> relay(server, connection));
                relay(connection, server);
            }
        });
    }

    private static void relay(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException brokenOff) {
            // The test checks the client.
        }
    }

    private static void assertSeenAlike(String what, String address, int port, String name) throws Exception {
        var ours = session(address, port, name);
        var openssl = said(
                "openssl",
                "s_client",
                "-starttls",
                "smtp",
                "-connect",
                address + ":" + port,
                "-servername",
                name,
                "-showcerts");
        assertEquals(
                found(openssl, "Protocol *: (\\S+)|New, (TLSv1\\.\\d), Cipher"),
                ours.version().label());
        assertEquals(iana(found(openssl, "Cipher is (\\S+)")), ours.cipherSuite());
        assertEquals(
                found(openssl, "Server Temp Key: (?:ECDH, )?(\\S+?),"),
                opensslsName(ours.keyExchangeGroup().orElse("-")));
        var chain = new ArrayList<Octets>();
        CERTIFICATE
                .matcher(openssl)
                .results()
                .forEach(one -> chain.add(Octets.of(Base64.getMimeDecoder().decode(one.group(1)))));
        assertEquals(chain, ours.chain());

        // At its lower levels it would offer anonymous suites, which many Postfix servers prefer.
        var finger = said("posttls-finger", "-c", "-l", "fingerprint", "-t", "10", "[" + address + "]:" + port);
        assertEquals(
                found(finger, "established to \\S+ (\\S+) with cipher"),
                ours.version().label());
        assertEquals(iana(found(finger, "with cipher (\\S+)")), ours.cipherSuite());
        if (finger.contains("key-exchange")) {
            assertTrue(
                    found(finger, "key-exchange (?:ECDHE )?\\(?([^ )]+)")
                            .equalsIgnoreCase(
                                    opensslsName(ours.keyExchangeGroup().orElse("-"))),
                    () -> finger + ours.keyExchangeGroup());
        }
        assertEquals(
                found(finger, "(?<!pkey_)fingerprint=([0-9A-F:]{95})")
                        .replace(":", "")
                        .toLowerCase(Locale.ROOT),
                ours.chain().getFirst().sha256().hex());
        System.out.printf(
                "%s: %s %s %s, %d certificates: as openssl s_client and posttls-finger see it; %s%n",
                what,
                ours.version().label(),
                ours.cipherSuite(),
                ours.keyExchangeGroup().orElse("-"),
                ours.chain().size(),
                ours.traits());
    }

    private static TlsSession session(String address, int port, String name) throws IOException {
        try (var connection = new Socket(address, port)) {
            connection.setSoTimeout(20_000);
            connection.setTcpNoDelay(true);
            reply(connection.getInputStream());
            for (var command : List.of("EHLO census.lab.test\r\n", "STARTTLS\r\n")) {
                connection.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
                reply(connection.getInputStream());
            }
            var handshake = new TlsClient(Offer.standard(), HandshakeLimits.contract())
                    .handshake(connection.getInputStream(), connection.getOutputStream(), new Hostname(name));
            var finished = assertInstanceOf(Handshake.Finished.class, handshake, handshake::toString);
            for (var command : List.of("EHLO census.lab.test\r\n", "QUIT\r\n")) {
                finished.connection().output().write(command.getBytes(StandardCharsets.US_ASCII));
                finished.connection().output().flush();
                reply(finished.connection().input());
            }
            finished.connection().closeNotify();
            return finished.connection().session();
        }
    }

    private static void reply(InputStream in) throws IOException {
        for (var line = line(in); line.length() > 3 && line.charAt(3) == '-'; ) line = line(in);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) line.append((char) octet);
        return line.toString();
    }

    private static String said(String... command) throws IOException, InterruptedException {
        // From a file: a process that reads nothing and ends early would break a pipe.
        var quit = Files.writeString(Files.createTempFile("quit", ""), "QUIT\n");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(quit.toFile())
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroy();
        Files.delete(quit);
        return output;
    }

    private static String found(String text, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), () -> "no " + pattern + " in " + text);
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) return matcher.group(group);
        }
        throw new AssertionError(pattern);
    }

    private static String iana(String opensslsName) throws IOException, InterruptedException {
        return said("openssl", "ciphers", "-stdname", "ALL:@SECLEVEL=0")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 2 && columns[2].equals(opensslsName))
                .map(columns -> columns[0])
                .findFirst()
                .orElseThrow();
    }

    private static String opensslsName(String group) {
        return switch (group) {
            case "x25519" -> "X25519";
            case "x448" -> "X448";
            case "secp256r1" -> "prime256v1";
            default -> group;
        };
    }
}
