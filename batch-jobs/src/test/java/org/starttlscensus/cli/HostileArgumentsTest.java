package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Gatherers;
import org.junit.jupiter.api.Test;

/** No control character from an argument, a file name or a setting is printed. */
class HostileArgumentsTest {

    private static final String LAB = "census.lab.networks=127.99.0.0/16";

    @Test
    void thereAreAtLeastTwoHundred() {
        assertTrue(HostileText.sequences().size() >= 200);
        HostileText.sequences()
                .forEach(sequence -> assertTrue(!HostileText.isHarmless(sequence), () -> Printable.of(sequence)));
    }

    @Test
    void noneComesBackFromAnArgument() {
        for (var sequence : joined(12)) {
            harmless(sequence);
            harmless("run", "--" + sequence);
            harmless("run", "--night", sequence);
            harmless("run", "--tolerate-malformed", sequence);
            harmless("run", "--limit", sequence);
            harmless("run", sequence);
            harmless("run", "--config", sequence);
            harmless("status", "--night", sequence);
            harmless("explain", sequence);
            harmless("explain", "--address", sequence);
            harmless("explain", "example.org", "--night", sequence);
            harmless("check", sequence);
            harmless("check", "example.org", "--wait", sequence);
            harmless("judge", sequence);
            harmless("provider", sequence);
            harmless("provider", "list", "--night", sequence);
            harmless("provider", "pause", sequence);
            harmless("provider", "resume", sequence, "--in-advance");
            harmless("pause", "--night", sequence);
            harmless("stop", sequence);
            harmless("reassess", "--since", sequence);
            harmless("simulate", "--sizes", sequence);
            harmless("lab", "--population", sequence);
            harmless("demo", sequence);
        }
    }

    @Test
    void noneComesBackFromASetting() {
        for (var sequence : joined(15)) {
            harmless("run", "--set", sequence);
            harmless("run", "--set", "census." + sequence + "=1");
            harmless("run", "--set", "census.dns.resolvers=" + sequence);
            harmless("run", "--set", "census.lab.networks=" + sequence);
            harmless("run", "--set", "census.database.url=" + sequence);
            harmless(
                    "run",
                    "--set",
                    "census.tls.trust-store=" + sequence,
                    "--set",
                    "census.tls.trust-store-name=" + sequence);
            harmless("run", "--list", sequence, "--set", LAB, "--set", "census.dns.resolvers=127.99.0.1:" + sequence);
        }
    }

    /** Several at once, because starting a process is slow. */
    private static List<String> joined(int many) {
        return HostileText.sequences().stream()
                .gather(Gatherers.windowFixed(many))
                .map(some -> String.join(" ", some))
                .toList();
    }

    private static void harmless(String... arguments) {
        var ran = Terminal.run(arguments);
        assertEquals(2, ran.exit(), () -> Printable.of(String.join(" ", arguments) + "\n" + ran.all()));
        assertTrue(HostileText.isHarmless(ran.all()), () -> Printable.of(ran.all()));
        assertTrue(!ran.all().isEmpty());
    }

    @Test
    void noneComesBackFromAnyCaseThatIsJudged() {
        var cases = new ArrayList<Map<String, ?>>();
        for (var sequence : HostileText.sequences()) {
            cases.add(Map.of(
                    "phase",
                    "banner",
                    "reply",
                    "421 " + sequence,
                    "input",
                    sequence,
                    "chain",
                    List.of(sequence),
                    "name",
                    sequence));
            cases.add(Map.of("phase", sequence, "input", 1, "chain", List.of(), "at", sequence));
        }
        var input = new StringBuilder();
        cases.forEach(each -> input.append(Json.write(each))
                .append('\n')
                .append("raw ")
                .append(each)
                .append('\n'));
        for (var judge : List.<Function<InputStream, Object>>of(
                JudgeReplyCommand::new,
                JudgeNameCommand::new,
                in -> new JudgeChainCommand(in, InstantSource.system()))) {
            var answers = Cases.printed(judge, input.toString().getBytes(StandardCharsets.UTF_8));
            assertEquals(2L * cases.size(), answers.lines().count());
            assertTrue(HostileText.isHarmless(answers));
        }
    }
}
