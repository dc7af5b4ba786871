package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Simulations of given sizes, without a database. {@code ProvidersIT} simulates a stored plan. */
class SimulateCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String sizes, String... more) throws IOException {
        var file = Files.writeString(folder.resolve("sizes.csv"), sizes);
        var arguments = new ArrayList<>(List.of("--sizes", file.toString()));
        arguments.addAll(List.of(more));
        return new CommandLine(new SimulateCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setParameterExceptionHandler((e, given) -> Faults.usage(e, given))
                .execute(arguments.toArray(String[]::new));
    }

    @Test
    void showsTheLengthAndWhatEachProviderSees() throws IOException {
        assertEquals(0, run("provider,servers,seconds\nbig.test,100,2\nsmall.test,1,3\n", "--json"));
        var result = Json.MAPPER.readTree(out.toString());
        assertEquals(101, result.get("calls").asInt());
        assertEquals(
                99 * 6 + 2,
                result.get("length_seconds").asDouble(),
                0.01,
                "a hundred servers are one network, six seconds apart");
        assertTrue(result.get("fits").asBoolean());
        var big = result.get("providers").get(0);
        assertEquals("big.test", big.get("provider").asString());
        assertEquals(100, big.get("calls").asInt());
        assertEquals(6.0, big.get("shortest_gap_seconds").asDouble());
        assertEquals(1, big.get("peak_open").asInt());
    }

    /** Spreadsheets write the last column although it is empty. */
    @Test
    void takesTheUsualLengthWhereTheLastColumnIsEmpty() throws IOException {
        assertEquals(0, run("provider,servers,seconds\nsmall.test,1,\n", "--json"));
        assertEquals(1, Json.MAPPER.readTree(out.toString()).get("calls").asInt());
    }

    /** Two hours, of which the last 45 minutes are for calls that have begun. */
    @Test
    void callsStartInTheWindowThatIsSet() throws IOException {
        assertEquals(0, run("small.test,1,8\n", "--json", "--set", "census.window=22:00-00:00 UTC"));
        assertEquals(
                75 * 60,
                Json.MAPPER.readTree(out.toString()).get("window_seconds").asInt());
    }

    @Test
    void showsProvidersThatRotateAndServersThatDoNotFit() throws IOException {
        assertEquals(0, run("huge.test,52000,2\n", "--window", "60"));
        assertTrue(out.toString().contains("huge.test"), out::toString);
        assertTrue(out.toString().contains("52,000 servers, each once in 13 nights"), out::toString);
        assertTrue(out.toString().contains("servers are not called: the time for calls was over"), out::toString);
    }

    @Test
    void noControlCharacterOfANameIsPrinted() throws IOException {
        for (var some : HostileText.sequences().stream()
                .filter(sequence -> sequence.matches("[^\r\n\"]*"))
                .gather(Gatherers.windowFixed(20))
                .toList()) {
            var servers = some.stream().map(sequence -> sequence + ",2,2\n").collect(Collectors.joining());
            for (var format : List.of("--top=100", "--json")) {
                run(servers, format);
                run(servers + "small.test," + String.join(" ", some) + "\n", format);
            }
        }
        assertTrue(HostileText.isHarmless(out.toString() + err), () -> Printable.of(out.toString() + err));
        assertTrue(out.toString().contains("before ") || err.toString().contains("before "), out::toString);
    }

    @Test
    void refusesSizesByLineAndColumn() throws IOException {
        assertEquals(2, run("big.test,100\nsmall.test,none\n"));
        assertTrue(
                err.toString().contains("line 2, column servers: seen \"none\"; expected a whole number of servers"),
                err::toString);
        assertEquals(2, run("big.test,1,99999\n"));
        assertTrue(err.toString().contains("line 1, column seconds"), err::toString);
        assertEquals(2, run("# nothing\n"));
        assertTrue(err.toString().contains("has no provider"), err::toString);
    }
}
