package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.store.EmptyDatabase;

/** Every command that reads the database prints JSON as documented; {@link Terminal} compares the two. */
class JsonDocumentIT {

    @TempDir
    private Path directory;

    private void run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--json", "--set", "census.database.directory=" + directory.resolve("pg")));
        var ran = Terminal.run(all.toArray(String[]::new));
        assertEquals(0, ran.exit(), ran::all);
    }

    @Test
    void isPrintedAsDocumented() throws Exception {
        try (var database = EmptyDatabase.in(directory.resolve("pg"))) {
            StoredNight.store(
                    database,
                    List.of(
                            Observations.ended(CallPhase.BANNER, Ending.REPLIED)
                                    .banner("421 4.7.0 too many")
                                    .build(),
                            HostileServer.seen(StoredNight.endpoint(1), List.of("mx1.example.net")),
                            Observations.replied(CallPhase.EHLO, "555 wherever you go")
                                    .build()));
            for (var name : List.of("d1", "d3", "d5")) run("explain", name + ".example.org");
            for (var host : List.of("mx1", "lost")) run("explain", host + ".example.net");
            run("explain", "--address", "192.0.2.2");
            run("provider", "list");
            JdbcClient.create(database.dataSource())
                    .sql("UPDATE census.planned_call SET provider_source = 'net'")
                    .update();
            run("provider", "list"); // with an address that is charged itself
            assertEquals(
                    0,
                    Terminal.run(
                                    "provider",
                                    "pause",
                                    "example.net",
                                    "--set",
                                    "census.database.directory=" + directory.resolve("pg"))
                            .exit());
            run("provider", "list", "--all");
            for (var request : List.of("pause", "resume", "stop")) run(request);
            run("status");
            run("settings");
            run("lists");
            run("opt-out", "add", "leaves.example");
            run("opt-out", "list");
            run("opt-out", "remove", "leaves.example");
            run("simulate");
            run("reassess", "--since", "2026-11-01");
            var sizes = Files.writeString(directory.resolve("sizes.csv"), "huge.test,52000,2\nsmall.test,1,3\n");
            run("simulate", "--sizes", sizes.toString(), "--window", "60");
        }
        var lab = List.of("census check", "Checked server"); // CheckCommandIT
        // JsonDocumentTest, LookingCommandsIT, CompletedNightIT, PruneCommandIT
        var another =
                List.of("Other night", "Asked wait", "Standing block", "Skipped night", "Pruned month", "census prune");
        // DoctorCommandIT, PageChecksIT, RecheckCommandIT, OptOutCommandIT, ListsCommandTest
        var beside = List.of(
                "Preflight finding",
                "census doctor, identity check",
                "Rechecked server",
                "Rewritten night",
                "census recheck",
                "Skipped folder",
                "List");
        var missing = new TreeSet<>(JsonDocument.READ.tables().keySet());
        missing.removeAll(JsonDocument.READ.seen());
        missing.removeIf(table -> lab.contains(table)
                || another.contains(table)
                || beside.contains(table)
                || table.startsWith("census judge"));
        assertEquals(new TreeSet<String>(), missing);
    }
}
