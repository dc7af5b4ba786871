package org.starttlscensus.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabDns;
import org.starttlscensus.lab.LabOptions;
import org.starttlscensus.lab.LabPopulation;
import org.starttlscensus.lab.LabZone;
import org.starttlscensus.lab.ServerBehavior;
import org.starttlscensus.settings.DatabaseSettings;
import org.starttlscensus.store.Corrections;

/** A postmaster mends the certificate after the night and asks for another look. Half an hour is 7.2 s here. */
class RecheckCommandIT {

    private static final String MENDED = "127.20.250.1";

    @TempDir
    private static Path directory;

    private final List<String> settings = new ArrayList<>();

    private Terminal census(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(settings);
        return Terminal.run(all.toArray(String[]::new));
    }

    private Terminal recheck(String what, String... more) {
        var all = new ArrayList<>(List.of(
                "recheck",
                what,
                "--because",
                "mail of today",
                "--out",
                directory.resolve("nights").toString()));
        all.addAll(List.of(more));
        return census(all.toArray(String[]::new));
    }

    private static Address of(Lab lab, ServerBehavior behavior) {
        return lab.universe().endpoints().entrySet().stream()
                .filter(server -> server.getValue() == behavior)
                .map(Map.Entry::getKey)
                .map(Endpoint::address)
                .filter(address -> !address.isIpv6())
                .findFirst()
                .orElseThrow();
    }

    private static String row(String name) throws IOException {
        try (var octets =
                new GZIPInputStream(Files.newInputStream(directory.resolve("nights/2030-01-01/servers.csv.gz")))) {
            return new String(octets.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String adoption() throws IOException {
        return Files.readAllLines(directory.resolve("nights/2030-01-01/adoption.csv")).stream()
                .filter(line -> line.contains(",all,domain,any,expired,"))
                .findFirst()
                .orElse("");
    }

    @Test
    void isPutRight() throws Exception {
        try (var lab = Lab.open(LabOptions.in(directory.resolve("lab"))
                        .withPopulation(LabPopulation.APART)
                        .withTimeScale(0.004));
                var dns = LabDns.open(zone(lab), InetAddress.getLoopbackAddress(), 0);
                var server = new ChangingServer(
                        MENDED,
                        Integer.parseInt(lab.settings().get("census.smtp.port")),
                        of(lab, ServerBehavior.EXPIRED))) {
            settings(lab, dns);
            var ran = census(
                    "run",
                    "--night",
                    "2030-01-01",
                    "--out",
                    directory.resolve("nights").toString());
            assertEquals(0, ran.exit(), ran::all);
            assertEquals(1, server.connections());
            assertTrue(row("mx.mended.test").contains(",expired,"), row("mx.mended.test"));
            var before = adoption();

            // nothing has changed yet
            var same = recheck("mended.test", "--wait", "30");
            assertEquals(0, same.exit(), same::all);
            assertTrue(same.out().contains("shows nothing better than the night's row says"), same::all);
            assertEquals(2, server.connections());
            assertTrue(Files.notExists(directory.resolve("nights/CHANGES.md")));

            // within the limits' time it says when
            server.become(of(lab, ServerBehavior.TLS_1_3));
            var early = recheck("mended.test", "--wait", "1", "--json");
            assertEquals(2, early.exit(), early::all);
            var refused = Json.MAPPER.readTree(early.out()).get("servers").get(0);
            assertEquals("later", refused.get("reason").asString());
            var when = Instant.parse(refused.get("ask_again_at").asString());
            assertEquals(2, server.connections());
            await().atMost(Duration.ofSeconds(20)).until(() -> Instant.now().isAfter(when));

            var mended = recheck("mended.test", "--wait", "30");
            assertEquals(0, mended.exit(), mended::all);
            assertEquals(3, server.connections());
            assertTrue(mended.out().contains("called; the night's row is put right"), mended::all);
            assertTrue(mended.out().contains("Night 2030-01-01 is published again with the new row"), mended::all);
            assertTrue(row("mx.mended.test").contains(",trusted,"), row("mx.mended.test"));
            assertTrue(row("mx.mended.test").contains("at the wish of its postmaster"), row("mx.mended.test"));
            var log = Files.readString(directory.resolve("nights/CHANGES.md"));
            assertTrue(log.contains("night 2030-01-01: 1 rows of servers.csv.gz measured again"), log);
            assertTrue(!before.equals(adoption()), "the trends of that night follow: " + before);
            assertTrue(Files.exists(directory.resolve("nights/.2030-01-01.earlier-1/SHA256SUMS")));

            // three calls a night are all
            var last = recheck(MENDED, "--wait", "30");
            assertEquals(2, last.exit(), last::all);
            assertTrue(last.out().contains("the calls that one night may make there are used up"), last::all);
            assertEquals(3, server.connections());
            var unknown = recheck("127.20.250.9");
            assertEquals(2, unknown.exit(), unknown::all);

            // a domain on no list, whose DNS asks to be left out
            var refusing = census("check", "asks.test");
            assertEquals(2, refusing.exit(), refusing::all);
            assertTrue(refusing.err().contains("asks.test, or a name above it, asked to be left out"), refusing::all);
            assertEquals(3, server.connections());
            assertTrue(census("opt-out", "list").out().contains("_starttls-census.asks.test TXT, last seen"));

            whatAKillLeftIsCompletedByWhoPublishesNext();
            anOldNightIsLeftAlone();
            assertEquals(3, server.connections());
        }
    }

    private static void change(String statement) {
        try (var database = Databases.open(new DatabaseSettings.Embedded(directory.resolve("pg")))) {
            JdbcClient.create(database.dataSource()).sql(statement).update();
        }
    }

    /** The verdict is put right, and what follows from it in domains and trends is not computed. */
    private void whatAKillLeftIsCompletedByWhoPublishesNext() throws IOException {
        var file = directory.resolve("nights/2030-01-01/adoption.csv");
        var whole = Files.readString(file);
        change("DELETE FROM census.adoption WHERE metric = 'expired'");
        change("UPDATE census.correction SET computed_at = NULL, published_at = NULL");
        var published = census(
                "publish",
                "--night",
                "2030-01-01",
                "--out",
                directory.resolve("nights").toString());
        assertEquals(0, published.exit(), published::all);
        assertEquals(whole, Files.readString(file));
        try (var database = Databases.open(new DatabaseSettings.Embedded(directory.resolve("pg")))) {
            assertEquals(List.of(), new Corrections(database).unpublished(), "its files show it");
        }
    }

    private void anOldNightIsLeftAlone() {
        change("UPDATE census.night SET opened_at = opened_at - interval '3 days', "
                + "completed_at = completed_at - interval '3 days'");
        var old = recheck("mended.test");
        assertEquals(2, old.exit(), old::all);
        assertTrue(old.err().contains("ended more than 2 days ago"), old::err);
    }

    private static LabZone zone(Lab lab) {
        return LabZone.builder()
                .mx("mended.test", 10, "mx.mended.test")
                .address("mx.mended.test", MENDED)
                .mx("asks.test", 10, "mx.asks.test")
                .address("mx.asks.test", MENDED)
                .text("_starttls-census.asks.test", "v=census1; opt-out")
                .mx("good.test", 10, "mx.good.test")
                .address("mx.good.test", of(lab, ServerBehavior.TLS_1_3).toString())
                .build();
    }

    private void settings(Lab lab, LabDns dns) throws IOException {
        var list = Files.writeString(directory.resolve("list.txt"), "mended.test\ngood.test\n");
        lab.settings()
                .forEach((key, value) -> settings.addAll(List.of(
                        "--set",
                        switch (key) {
                            case "census.lists" -> key + "=" + list;
                            case "census.dns.resolvers" ->
                                key + "=127.0.0.1:" + dns.address().getPort();
                            default -> key + "=" + value;
                        })));
        settings.addAll(List.of("--set", "census.tls.old-versions-per-night=0"));
        settings.addAll(List.of("--set", "census.database.directory=" + directory.resolve("pg")));
    }
}
