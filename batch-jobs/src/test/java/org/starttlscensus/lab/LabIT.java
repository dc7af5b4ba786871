package org.starttlscensus.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Route;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

@DisplayName("The lab")
class LabIT {

    private static final Duration LONG = Duration.ofSeconds(5);

    @TempDir
    private Path directory;

    private Lab lab;
    private Duration opening;

    @BeforeEach
    void open() throws IOException {
        long begun = System.nanoTime();
        lab = Lab.open(directory);
        opening = Duration.ofNanos(System.nanoTime() - begun);
    }

    @AfterEach
    void close() throws IOException {
        lab.close();
    }

    private Address addressOf(ServerBehavior behavior) {
        return lab.universe().endpoints().entrySet().stream()
                .filter(entry -> entry.getValue() == behavior)
                .findFirst()
                .orElseThrow()
                .getKey()
                .address();
    }

    @Test
    void opensInLessThanThreeSeconds() {
        System.out.printf(
                "the lab opened in %d ms: %d servers, %d endpoints%n",
                opening.toMillis(),
                lab.universe().hosts().size(),
                lab.universe().endpoints().size());
        assertTrue(opening.toMillis() < 3_000, () -> opening.toString());
    }

    @Test
    void leavesNoSocketBehind() throws IOException {
        var port = Integer.parseInt(lab.settings().get("census.smtp.port"));
        try (var open = new RawMailClient(lab, addressOf(ServerBehavior.TLS_1_3), LONG);
                var waiting = new RawMailClient(lab, addressOf(ServerBehavior.SILENT), LONG)) {
            open.reply();
            lab.close();
            assertEquals(-1, open.octet());
            assertEquals(-1, waiting.octet());
            assertEquals(0, lab.log().openNow());
        }
        for (var host : lab.universe().hosts()) {
            assertThrows(ConnectException.class, () -> {
                try (var socket = new Socket()) {
                    socket.connect(new InetSocketAddress(host.address().toInetAddress(), port));
                }
            });
        }
    }

    @Test
    void opensBesideAnotherLab(@TempDir Path elsewhere) throws IOException {
        try (var other = Lab.open(elsewhere)) {
            assertTrue(!other.settings()
                    .get("census.smtp.port")
                    .equals(lab.settings().get("census.smtp.port")));
        }
    }

    @Test
    void tellsTheCensusAllThatItNeeds() {
        assertEquals(
                """
                census.lab.networks=127.20.0.0/16
                census.lab.time-scale=0.001
                census.lab.patience-scale=0.02
                census.dns.resolvers=127.20.0.53:N
                census.smtp.port=N
                census.smtp.ehlo-name=probe.census.test
                census.lists=DIR/ranked.csv,DIR/panel.txt.gz
                census.tls.trust-store=DIR/trust-store.pem
                census.tls.trust-store-name=STARTTLS Census lab DATE HASH
                """,
                lab.settings().entrySet().stream()
                        .map(entry -> entry + "\n")
                        .reduce("", String::concat)
                        .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9a-f]{8}", "DATE HASH")
                        .replace(directory.toString(), "DIR")
                        .replaceAll("(:|port=)[0-9]+", "$1N"));
    }

    @Test
    void writesListsWithAFewBadLines() throws IOException {
        var ranked = Files.readAllLines(lab.lists().getFirst());
        var panel = new ArrayList<String>();
        try (var reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(lab.lists().getLast())), StandardCharsets.UTF_8))) {
            reader.lines().forEach(panel::add);
        }
        assertEquals(List.of(2_004, 401), List.of(ranked.size(), panel.size()));
        for (var list : lab.labLists()) assertTrue(list.bad() * 100 < list.good() + list.bad(), list.toString());
        var good = lab.universe().domains().stream().map(LabDomain::spelling).toList();
        assertEquals(
                lab.labLists().getFirst().good(),
                ranked.stream()
                        .filter(line -> good.contains(line.split(",", 2)[1]))
                        .count());
        assertEquals(
                lab.labLists().getLast().good(),
                panel.stream().filter(good::contains).count());
    }

    @Nested
    class ItsDns {

        private LabDomain domain(Route route) {
            return lab.universe().domains().stream()
                    .filter(domain -> domain.route() == route)
                    .findFirst()
                    .orElseThrow();
        }

        private Message ask(String name, int type) throws IOException {
            var resolver = new SimpleResolver(lab.dns().address());
            resolver.setTimeout(Duration.ofMillis(500));
            return resolver.send(Message.newQuery(Record.newRecord(Name.fromString(name + "."), type, DClass.IN)));
        }

        private Message ask(Route route, int type) throws IOException {
            return ask(domain(route).domain().ascii(), type);
        }

        @Test
        void knowsEveryMailServer() throws IOException {
            for (var endpoint : lab.universe().endpoints().keySet()) {
                var addresses = ask(endpoint.mxHost().ascii(), Type.A).getSection(Section.ANSWER).stream()
                        .map(Record::rdataToString);
                assertTrue(addresses.toList().contains(endpoint.address().toString()), endpoint.toString());
            }
        }

        @Test
        void namesTheExchangesOfEveryDomain() throws IOException {
            for (var domain : lab.universe().domains().subList(0, 300)) {
                if (domain.route() != Route.MX) continue;
                assertEquals(
                        domain.exchanges().stream()
                                .map(exchange -> exchange.preference() + " " + exchange.host() + ".")
                                .sorted()
                                .toList(),
                        ask(domain.domain().ascii(), Type.MX).getSection(Section.ANSWER).stream()
                                .map(Record::rdataToString)
                                .sorted()
                                .toList());
            }
        }

        @Test
        void answersForEveryKindOfTrouble() throws IOException {
            assertEquals(
                    ".",
                    ((MXRecord) ask(Route.NULL_MX, Type.MX)
                                    .getSection(Section.ANSWER)
                                    .getFirst())
                            .getTarget()
                            .toString());
            assertEquals(Rcode.NXDOMAIN, ask(Route.NXDOMAIN, Type.MX).getRcode());
            assertEquals(Rcode.SERVFAIL, ask(Route.DNS_SERVFAIL, Type.MX).getRcode());
            assertEquals(Rcode.SERVFAIL, ask(Route.DNS_BOGUS, Type.MX).getRcode());
            var silence = assertThrows(IOException.class, () -> ask(Route.DNS_TIMEOUT, Type.MX));
            assertTrue(silence.getMessage().startsWith("Timed out"), silence.getMessage());
            for (var type : List.of(Type.MX, Type.A, Type.AAAA)) {
                assertEquals(Rcode.NOERROR, ask(Route.NO_MAIL, type).getRcode());
                assertEquals(List.of(), ask(Route.NO_MAIL, type).getSection(Section.ANSWER));
            }
            assertEquals(List.of(), ask(Route.IMPLICIT_MX, Type.MX).getSection(Section.ANSWER));
            assertEquals(
                    1, ask(Route.IMPLICIT_MX, Type.A).getSection(Section.ANSWER).size());
            var dead =
                    domain(Route.MX_UNRESOLVABLE).exchanges().getFirst().host().ascii();
            assertEquals(Rcode.NXDOMAIN, ask(dead, Type.A).getRcode());
            var invalid = ask(Route.MX_INVALID, Type.MX)
                    .getSection(Section.ANSWER)
                    .getFirst()
                    .rdataToString();
            assertTrue(invalid.matches("10 (localhost|192\\.0\\.2\\.\\d+)\\."), invalid);
        }
    }

    @Nested
    class ItsLog {

        @Test
        void tellsAGoodVisitorFromABadOne() throws IOException {
            var address = addressOf(ServerBehavior.TLS_1_3);
            try (var good = new RawMailClient(lab, address, LONG)) {
                good.reply();
                good.ask("EHLO good.test");
                good.ask("STARTTLS");
                good.speakTls(TlsLook.atAnything());
            }
            awaitVisits(1);
            visit(address, client -> {
                client.send("NOOP\r\nSTARTTLS\r\n");
                client.reply();
                client.reply();
            });
            visit(address, _ -> {});
            visit(address, RawMailClient::reset);
            lab.close();

            var sessions = lab.log().sessions(address);
            assertEquals(
                    List.of(
                            Session.SessionEnding.QUIT,
                            Session.SessionEnding.CLIENT_CLOSED,
                            Session.SessionEnding.CLIENT_CLOSED,
                            Session.SessionEnding.CLIENT_RESET),
                    sessions.stream().map(Session::ending).toList());
            assertEquals(
                    List.of(
                            Session.TlsHandshake.FINISHED,
                            Session.TlsHandshake.BROKEN_BY_CLIENT,
                            Session.TlsHandshake.NONE,
                            Session.TlsHandshake.NONE),
                    sessions.stream().map(Session::tlsHandshake).toList());
            assertEquals(
                    List.of(0, 10, 0, 0),
                    sessions.stream().map(Session::octetsOutOfTurn).toList());
            assertEquals(
                    List.of("EHLO good.test", "STARTTLS", "EHLO client.test", "QUIT"),
                    sessions.getFirst().commands());
            assertEquals(1, lab.log().peakOpen(address));
            assertTrue(sessions.stream().allMatch(session -> !session.endedAt().isBefore(session.startedAt())));
        }

        @Test
        void countsWhatComesBeforeTheGreeting() throws IOException {
            var address = addressOf(ServerBehavior.GREET_DELAY);
            try (var client = new RawMailClient(lab, address, LONG)) {
                client.send("EHLO early.test\r\n");
                client.reply();
            }
            lab.close();
            assertEquals(17, lab.log().sessions(address).getFirst().octetsBeforeGreeting());
        }

        @Test
        void knowsTheMostThatWereOpenAtOnce() throws IOException {
            var here = addressOf(ServerBehavior.TLS_1_3);
            var there = addressOf(ServerBehavior.TLS_1_2);
            try (var one = new RawMailClient(lab, here, LONG);
                    var two = new RawMailClient(lab, here, LONG);
                    var three = new RawMailClient(lab, there, LONG)) {
                for (var client : List.of(one, two, three)) client.reply();
            }
            awaitVisits(3);
            visit(here, _ -> {});
            lab.close();
            assertEquals(2, lab.log().peakOpen(here));
            assertEquals(1, lab.log().peakOpen(there));
            assertEquals(3, lab.log().peakOpen());
            assertEquals(3, lab.log().connectionLog(_ -> true).peakOpen());
            assertEquals(4, lab.log().sessionCount());
        }

        private interface Conduct {
            void with(RawMailClient client) throws IOException;
        }

        private void visit(Address address, Conduct conduct) throws IOException {
            var before = lab.log().sessionCount();
            try (var client = new RawMailClient(lab, address, LONG)) {
                client.reply();
                conduct.with(client);
            }
            awaitVisits(before + 1);
        }

        /** A server notices the end of a visit a little later than the client. */
        private void awaitVisits(long ended) {
            long until = System.nanoTime() + LONG.toNanos();
            while (lab.log().sessionCount() < ended && System.nanoTime() < until) Thread.onSpinWait();
        }
    }
}
