package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code census doctor} on a machine that is not set up, and in a lab. */
class DoctorCommandIT {

    @TempDir
    private Path directory;

    private String noDatabase() {
        return "census.database.directory=" + directory.resolve("pg");
    }

    @Test
    void refusesAMachineOfWhichNothingIsSetAndMakesNothing() {
        var ran = Terminal.run("doctor", "--set", noDatabase());
        assertEquals(4, ran.exit(), ran::all);
        for (var key : new String[] {
            "census.source-addresses", "census.canaries", "census.dns.resolvers", "census.identity.contact"
        }) {
            assertTrue(ran.out().contains(key + " is not set") || ran.out().contains(key + " or"), key + ran.out());
        }
        assertTrue(ran.out().contains("REFUSED   "), ran::out);
        assertTrue(ran.out().endsWith("No call is made until everything that is REFUSED has been mended.\n"), ran::out);
        assertFalse(Files.exists(directory.resolve("pg")));
    }

    @Test
    void asksEachSourceItsNameAndPort() {
        var ran = Terminal.run(
                "doctor",
                "--json",
                "--set",
                noDatabase(),
                "--set",
                "census.smtp.port=9",
                "--set",
                "census.source-addresses=127.0.0.1=census.example.org",
                "--set",
                "census.canaries=127.0.0.1",
                "--set",
                "census.dns.resolvers=127.0.0.1:9",
                "--set",
                "census.identity.contact=mailto:census@example.org",
                "--set",
                "census.identity.page=https://localhost:9/");
        assertEquals(4, ran.exit(), ran::all);
        var findings = Json.MAPPER.readTree(ran.out()).get("findings");
        var refused = new StringBuilder();
        for (var finding : findings) {
            if (finding.get("severity").asString().equals("refuse"))
                refused.append(finding.get("check").asString()).append(' ');
        }
        assertEquals("resolver source_name port_25 probing page ", refused.toString(), ran::out);
    }

    @Test
    void inALabOnlyTheMachineItselfIsLookedAt() {
        var ran = Terminal.run(
                "doctor",
                "--json",
                "--set",
                noDatabase(),
                "--set",
                "census.lab.networks=127.20.0.0/16",
                "--set",
                "census.dns.resolvers=127.20.0.53:5353");
        assertTrue(ran.exit() == 0 || ran.out().contains("disk") || ran.out().contains("open_files"), ran::all);
        assertFalse(ran.out().contains("port_25"), ran::out);
    }
}
