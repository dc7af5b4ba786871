package org.starttlscensus.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.Route;
import org.starttlscensus.lab.LabDns;
import org.starttlscensus.lab.LabZone;

/** A real validating resolver in front of the lab's DNS: an answer that fails validation is bogus, not a SERVFAIL. */
class UnboundIT {

    private static final Path UNBOUND = Path.of("/usr/sbin/unbound");
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @TempDir
    Path directory;

    /** @param extendedErrors whether the resolver sends them; otherwise a query with the CD bit shows the difference */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void distinguishesBogusFromFailedAndFromGood(boolean extendedErrors) throws Exception {
        assumeTrue(Files.isExecutable(UNBOUND), "skipped: no unbound here (apt-get install unbound)");
        var zone = LabZone.builder()
                .mx("plain.test", 10, "mx.plain.test")
                .address("mx.plain.test", "192.0.2.1")
                .mx("shop.signed.test", 10, "mx.plain.test")
                .text("empty.test", "here")
                .behavior("broken.test", LabZone.DnsBehavior.SERVFAIL)
                .build();
        try (var lab = LabDns.open(zone, LOOPBACK, 0)) {
            var port = freePort();
            var unbound = start(port, lab.address().getPort(), extendedErrors);
            try (var resolver = new MailResolver(new ResolverSettings(
                    List.of(new InetSocketAddress(LOOPBACK, port)), Duration.ofSeconds(10), 3, 10))) {
                assertEquals(
                        Route.MX, resolver.route(new MailDomain("plain.test")).route());
                assertEquals(
                        Route.DNS_BOGUS,
                        resolver.route(new MailDomain("shop.signed.test")).route());
                assertEquals(
                        Route.DNS_SERVFAIL,
                        resolver.route(new MailDomain("broken.test")).route());
                assertEquals(
                        Route.NO_MAIL,
                        resolver.route(new MailDomain("empty.test")).route());
                assertEquals(
                        Route.NXDOMAIN,
                        resolver.route(new MailDomain("gone.test")).route());
            } finally {
                unbound.destroy();
                unbound.waitFor(10, TimeUnit.SECONDS);
            }
        }
    }

    private Process start(int port, int labPort, boolean extendedErrors) throws Exception {
        var configuration = Files.writeString(directory.resolve("unbound.conf"), """
                server:
                  directory: "%s"
                  chroot: ""
                  username: ""
                  pidfile: ""
                  use-syslog: no
                  verbosity: 1
                  interface: 127.0.0.1@%d
                  do-not-query-localhost: no
                  module-config: "validator iterator"
                  local-zone: "test." nodefault
                  ede: %s
                  # The lab has no such key, so all of signed.test is bogus.
                  trust-anchor: "signed.test. DS 31589 8 2 \
                  3490a6806d47f17a34c29e2ce80e8a999ffbe4be7f5a0d4b6e1a2f0c6d1e9b3a"
                remote-control:
                  control-enable: no
                forward-zone:
                  name: "."
                  forward-addr: 127.0.0.1@%d
                """.formatted(
                        directory, port, extendedErrors ? "yes" : "no", labPort));
        var unbound = new ProcessBuilder(UNBOUND.toString(), "-d", "-c", configuration.toString())
                .redirectErrorStream(true)
                .start();
        var words = new StringJoiner("\n");
        for (var line = unbound.inputReader().readLine();
                line != null;
                line = unbound.inputReader().readLine()) {
            if (line.contains("start of service")) return unbound;
            words.add(line);
        }
        return fail("unbound does not start: " + words);
    }

    private static int freePort() throws Exception {
        try (var socket = new DatagramSocket(0, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }
}
