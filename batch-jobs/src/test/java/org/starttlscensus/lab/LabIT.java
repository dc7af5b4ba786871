package org.starttlscensus.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.lab.LabAddresses.addressOf;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void leavesNoSocketOpen() throws IOException {
        var port = Integer.parseInt(lab.settings().get("census.smtp.port"));
        try (var open = new RawMailClient(lab, addressOf(lab, ServerBehavior.TLS_1_3), LONG);
                var waiting = new RawMailClient(lab, addressOf(lab, ServerBehavior.SILENT), LONG)) {
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
    void hasTheSettingsOfACensus() {
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
}
