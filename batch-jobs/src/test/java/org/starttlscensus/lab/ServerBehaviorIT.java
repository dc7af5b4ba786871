package org.starttlscensus.lab;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.lab.LabAddresses.addressOf;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A lab server, called through a plain socket,")
class ServerBehaviorIT {

    private static final double PATIENCE = 0.01;
    private static final Duration ORDINARY_BANNER = Duration.ofMillis(650);
    private static final Duration LONG = Duration.ofSeconds(5);

    private static Lab lab;

    @BeforeAll
    static void open(@TempDir Path directory) throws IOException {
        lab = Lab.open(LabOptions.in(directory).withPatience(PATIENCE).withTimeScale(PATIENCE));
    }

    @AfterAll
    static void close() throws IOException {
        lab.close();
    }

    private static RawMailClient call(ServerBehavior behavior) throws IOException {
        return new RawMailClient(lab, addressOf(lab, behavior), LONG);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {
                "MUST_ISSUE_STARTTLS",
                "NO_STARTTLS",
                "HELO_ONLY",
                "MUTED",
                "MASKED",
                "MASKED_WHOLE",
                "ONE_LINE",
                "LOOSE_REPLIES",
                "FIRST_LINE",
                "BLOCKED_421",
                "BLOCKED_554",
                "BARE_554",
                "TOO_MANY_CONNECTIONS",
                "GREYLISTING",
                "TEMPORARY_421",
                "DRIP",
                "SILENT",
                "RESETS",
                "CLOSES",
                "REFUSES",
                "CLOSES_AT_EHLO",
                "NO_MAIL",
                "NOT_SMTP"
            })
    void offersStarttls(ServerBehavior behavior) throws IOException {
        try (var client = call(behavior)) {
            assertTrue(client.reply().getLast().startsWith("220 "));
            assertTrue(client.ask("EHLO client.test").contains("250-STARTTLS"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            BLOCKED_421          | 421 4.7.1 Client host [127.0.0.1] blocked | true
            TOO_MANY_CONNECTIONS | 421 4.7.0 mx                              | true
            TEMPORARY_421        | 421 mx                                    | true
            BLOCKED_554          | 554 5.7.1 Service unavailable             | false
            BARE_554             | 554 mx                                    | false
            NO_MAIL              | 521 mx                                    | false
            """)
    void refusesInTheGreeting(ServerBehavior behavior, String reply, boolean hangsUp) throws IOException {
        try (var client = call(behavior)) {
            var banner = client.reply().getFirst();
            assertTrue(banner.startsWith(reply), banner);
            if (hangsUp) assertEquals(-1, client.octet());
            else assertTrue(client.ask("QUIT").getFirst().startsWith("221 "));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TLS_454               | 454 4.7.0 TLS not available
            STARTTLS_502          | 502 5.5.1
            TOO_MANY_TLS_SESSIONS | 454 4.7.0 Error: too many
            NO_STARTTLS           | 502 5.5.1
            MUTED                 | 550 5.0.0
            MASKED                | 500 5.5.1
            """)
    void refusesStarttlsAndGoesOnWithoutTls(ServerBehavior behavior, String reply) throws IOException {
        try (var client = call(behavior)) {
            client.reply();
            client.ask("EHLO client.test");
            assertTrue(client.ask("STARTTLS").getFirst().startsWith(reply));
            assertTrue(client.ask("QUIT").getFirst().startsWith("221 "));
        }
    }

    @Test
    void offersNoStarttlsIfItHasNone() throws IOException {
        try (var plain = call(ServerBehavior.NO_STARTTLS);
                var muted = call(ServerBehavior.MUTED);
                var masked = call(ServerBehavior.MASKED);
                var old = call(ServerBehavior.HELO_ONLY);
                var strict = call(ServerBehavior.MUST_ISSUE_STARTTLS)) {
            for (var client : List.of(plain, muted, old, strict))
                assertTrue(client.reply().getFirst().startsWith("220 "));
            assertEquals("220 " + "*".repeat(40), masked.reply().getFirst());
            assertEquals(List.of("250-PIPELINING", "250 8BITMIME"), rest(plain.ask("EHLO client.test")));
            assertEquals(List.of("250 ENHANCEDSTATUSCODES"), rest(muted.ask("EHLO client.test")));
            assertEquals("250 XXXXXXXA", masked.ask("EHLO client.test").getLast());
            assertTrue(old.ask("EHLO client.test").getFirst().startsWith("500 "));
            assertTrue(old.ask("HELO client.test").getFirst().startsWith("250 "));
            assertTrue(strict.ask("EHLO client.test").getFirst().startsWith("530 5.7.0 Must issue"));
        }
    }

    private static List<String> rest(List<String> lines) {
        return lines.subList(1, lines.size());
    }

    @Test
    void closesIfItsBehaviorSaysSo() throws IOException {
        try (var client = call(ServerBehavior.CLOSES_AT_EHLO)) {
            client.reply();
            assertThrows(EOFException.class, () -> client.ask("EHLO client.test"));
        }
        try (var client = call(ServerBehavior.CLOSES_AFTER_STARTTLS)) {
            client.reply();
            client.ask("EHLO client.test");
            assertTrue(client.ask("STARTTLS").getFirst().startsWith("220 "));
            assertEquals(-1, client.octet());
        }
        try (var client = call(ServerBehavior.CLOSES)) {
            assertEquals(-1, client.octet());
        }
    }

    @ParameterizedTest
    @CsvSource({"1460, true", "1461, false"})
    void readsAClientHelloOfOnePacketAndClosesAtALongerOne(int octets, boolean reads) throws IOException {
        try (var client = new RawMailClient(lab, addressOf(lab, ServerBehavior.ONE_PACKET), ORDINARY_BANNER)) {
            client.reply();
            client.ask("EHLO client.test");
            client.ask("STARTTLS");
            int length = octets - 5;
            client.send("\u0016\u0003\u0001" + (char) (length >> 8) + (char) (length & 0xff));
            if (reads) assertThrows(SocketTimeoutException.class, client::octet, "waits for the rest");
            else assertEquals(-1, client.octet());
        }
    }

    @Test
    void resetsOrRefuses() throws IOException {
        assertThrows(SocketException.class, () -> {
            try (var client = call(ServerBehavior.RESETS)) {
                client.octet();
            }
        });
        assertThrows(ConnectException.class, () -> call(ServerBehavior.REFUSES));
    }

    @Test
    void sendsOctetsAfterThe220InOneSegment() throws IOException {
        try (var client = call(ServerBehavior.INJECTED)) {
            client.reply();
            client.ask("EHLO client.test");
            assertEquals("220 2.0.0 Ready to start TLS", client.ask("STARTTLS").getFirst());
            assertTrue(client.reply().getLast().startsWith("250 AUTH"));
        }
    }

    @Test
    void isNoMailServer() throws IOException {
        try (var client = call(ServerBehavior.NOT_SMTP)) {
            assertEquals("SSH-2.0-OpenSSH_9.9", client.line());
        }
    }

    @Test
    void greetsLaterThanAnOrdinaryCallWaitsAndSoonerThanAPatientOne() throws IOException {
        assertAll(
                () -> assertThrows(
                        SocketTimeoutException.class, () -> patiently(ServerBehavior.TARPIT, ORDINARY_BANNER)),
                () -> assertTrue(patiently(ServerBehavior.TARPIT, LONG).startsWith("220 ")),
                () -> assertThrows(
                        SocketTimeoutException.class, () -> patiently(ServerBehavior.SILENT, ORDINARY_BANNER)),
                () -> assertTrue(
                        patiently(ServerBehavior.GREET_DELAY, ORDINARY_BANNER).startsWith("220-")));
    }

    private static String patiently(ServerBehavior behavior, Duration patience) throws IOException {
        try (var client = new RawMailClient(lab, addressOf(lab, behavior), patience)) {
            return client.line();
        }
    }

    @Test
    void dripsItsGreetingTooSlowlyForAnyDeadline() throws IOException {
        try (var client = call(ServerBehavior.DRIP)) {
            long begun = System.nanoTime();
            for (int i = 0; i < 20; i++) client.octet();
            var perOctet = Duration.ofNanos(System.nanoTime() - begun).dividedBy(20);
            assertTrue(perOctet.compareTo(Duration.ofMillis(15)) > 0, "scaled from 2 s per octet: " + perOctet);
        }
        var drip = (Opening.Drip) ServerBehavior.DRIP.script().opening();
        assertTrue(drip.perOctet().multipliedBy(drip.reply().length()).compareTo(Duration.ofMinutes(7)) > 0);
    }

    @Test
    void greylistsAClientForFiveScaledMinutes() throws IOException {
        var address = lab.universe().endpoints().entrySet().stream()
                .filter(entry -> entry.getValue() == ServerBehavior.GREYLISTING)
                .toList()
                .getLast()
                .getKey()
                .address();
        long begun = System.nanoTime();
        String banner;
        do {
            try (var client = new RawMailClient(lab, address, LONG)) {
                banner = client.reply().getFirst();
                assertTrue(client.ask("QUIT").getFirst().startsWith("221 "));
            }
            if (banner.startsWith("450 "))
                try (var waiting = call(ServerBehavior.GREET_DELAY)) {
                    waiting.reply(); // takes a while
                }
        } while (banner.startsWith("450 4.7.1 Greylisting"));
        assertTrue(banner.startsWith("220 "), banner);
        assertTrue(
                System.nanoTime() - begun > Duration.ofMinutes(5).toNanos() * PATIENCE, "not before the time was over");
    }

    @Test
    void splitsItsRepliesOverSegments() throws IOException {
        try (var client = call(ServerBehavior.SPLIT_REPLIES)) {
            var first = new StringBuilder();
            do first.append((char) client.octet());
            while (client.available() > 0);
            assertTrue(first.length() < 20, () -> "came at once: " + first);
            assertFalse(client.line().isEmpty());
        }
    }

    @Test
    void refusesAClientThatSendsBeforeTheGreeting() throws IOException {
        try (var client = call(ServerBehavior.GREET_DELAY)) {
            client.send("EHLO early.test\r\n");
            assertTrue(client.reply().getLast().startsWith("554 SMTP synchronization error"));
        }
    }
}
