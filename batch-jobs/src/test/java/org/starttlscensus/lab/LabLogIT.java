package org.starttlscensus.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.lab.LabAddresses.addressOf;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.Address;

@DisplayName("The lab's log")
class LabLogIT {

    private static final Duration LONG = Duration.ofSeconds(5);

    private Lab lab;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        lab = Lab.open(directory);
    }

    @AfterEach
    void close() throws IOException {
        lab.close();
    }

    @Test
    void tellsAGoodClientFromABadOne() throws IOException {
        var address = addressOf(lab, ServerBehavior.TLS_1_3);
        try (var good = new RawMailClient(lab, address, LONG)) {
            good.reply();
            good.ask("EHLO good.test");
            good.ask("STARTTLS");
            good.speakTls(TlsLook.atAnything());
        }
        awaitSessions(1);
        connect(address, client -> {
            client.send("NOOP\r\nSTARTTLS\r\n");
            client.reply();
            client.reply();
        });
        connect(address, _ -> {});
        connect(address, RawMailClient::reset);
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
    void countsOctetsBeforeTheGreeting() throws IOException {
        var address = addressOf(lab, ServerBehavior.GREET_DELAY);
        try (var client = new RawMailClient(lab, address, LONG)) {
            client.send("EHLO early.test\r\n");
            client.reply();
        }
        lab.close();
        assertEquals(17, lab.log().sessions(address).getFirst().octetsBeforeGreeting());
    }

    @Test
    void knowsThePeakOfOpenConnections() throws IOException {
        var here = addressOf(lab, ServerBehavior.TLS_1_3);
        var there = addressOf(lab, ServerBehavior.TLS_1_2);
        try (var one = new RawMailClient(lab, here, LONG);
                var two = new RawMailClient(lab, here, LONG);
                var three = new RawMailClient(lab, there, LONG)) {
            for (var client : List.of(one, two, three)) client.reply();
        }
        awaitSessions(3);
        connect(here, _ -> {});
        lab.close();
        assertEquals(2, lab.log().peakOpen(here));
        assertEquals(1, lab.log().peakOpen(there));
        assertEquals(3, lab.log().peakOpen());
        assertEquals(3, lab.log().connectionLog(_ -> true).peakOpen());
        assertEquals(4, lab.log().sessionCount());
    }

    private interface ClientScript {
        void run(RawMailClient client) throws IOException;
    }

    private void connect(Address address, ClientScript script) throws IOException {
        var before = lab.log().sessionCount();
        try (var client = new RawMailClient(lab, address, LONG)) {
            client.reply();
            script.run(client);
        }
        awaitSessions(before + 1);
    }

    /** A server notices the end of a session a little later than the client. */
    private void awaitSessions(long ended) {
        long until = System.nanoTime() + LONG.toNanos();
        while (lab.log().sessionCount() < ended && System.nanoTime() < until) Thread.onSpinWait();
    }
}
