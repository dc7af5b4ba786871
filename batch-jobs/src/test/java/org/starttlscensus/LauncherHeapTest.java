package org.starttlscensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The heap size that the launcher chooses. The test sets the memory to 24 GiB, whatever this machine has. */
@DisplayName("The launcher")
class LauncherHeapTest {

    private static final Path HEAP = Path.of("launcher/heap").toAbsolutePath();
    private static final String CHOOSE = """
            set -euo pipefail
            . "$HEAP"
            machine_folder=$PWD/etc
            half_of_memory() { echo "${HALF-12288}"; }
            if heap_is_set; then echo set; else choose_heap "$@"; echo "$heap_mib ${heap_reason:-(quiet)}"; fi
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void listsOfAMillionNames() throws IOException {
        sized("million.txt", 15_000_000);
        sized("million.csv.zip", 9_600_000);
        sized("small.txt", 20_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run --list small.txt                      | 257 for lists of 0 MB",
                "run --list million.txt                    | 1006 for lists of 15 MB",
                "run --list=million.csv.zip                | 1696 for lists of 29 MB",
                "run --list million.txt --list small.txt   | 1007 for lists of 15 MB",
                "run --set census.lists=million.txt,small.txt | 1007 for lists of 15 MB",
                "run --set=census.lists=small.txt --night 2030-01-01 | 257 for lists of 0 MB",
                "simulate --list small.txt                 | 257 for lists of 0 MB",
                "run                                       | 1024 no list is named here, so the work is not known yet",
                "simulate                                  | 1024 no list is named here, so the work is not known yet",
                "reassess --since 2030-01-01               | 1024 the nights behind are not known yet",
                "demo                                      | 256 for the lab",
                "lab                                       | 256 for the lab",
                "status                                    | 128 (quiet)",
                "check example.org                         | 128 (quiet)",
                "run --list million.txt --help             | 128 (quiet)",
                "''                                        | 128 (quiet)"
            })
    void choosesTheHeapByTheWork(String arguments, String expected) throws Exception {
        assertEquals(expected, choose(Map.of(), arguments.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "census:\n  smtp:\n    port: 25\n  lists: million.txt, small.txt\n",
                """
                census:
                  # panel
                  lists:
                    - million.txt   # ranked
                    - "small.txt"
                  database:
                    url: x
                """,
                "census:\n  lists: [ 'million.txt', small.txt ]\nother:\n  lists: million.txt\n",
                "census.lists: million.txt,small.txt\n"
            })
    void readsTheListsOfAPlainSettingsFile(String yaml) throws Exception {
        Files.writeString(directory.resolve("census.yaml"), yaml);
        assertEquals("1007 for lists of 15 MB", choose(Map.of(), "run"));
        Files.move(directory.resolve("census.yaml"), directory.resolve("other.yaml"));
        assertEquals("1007 for lists of 15 MB", choose(Map.of(), "run", "--config", "other.yaml"));
    }

    @ParameterizedTest
    @CsvSource({
        "run --list missing.txt, 1024",
        "run --list - --list small.txt, 1024",
        "run --list million.csv.zip --list=-, 1696"
    })
    void expectsMuchOfAListThatItCannotSee(String arguments, int expected) throws Exception {
        assertEquals(
                expected + " the size of a list cannot be seen here, so the work is not known yet",
                choose(Map.of(), arguments.split(" ")));
    }

    @Test
    void looksForRelativeListsBesideTheFileThatNamesThem() throws Exception {
        Files.createDirectories(directory.resolve("etc"));
        sized("etc/big.csv", 15_000_000);
        Files.writeString(directory.resolve("etc/census.yaml"), "census:\n  lists: big.csv\n");
        assertEquals("1006 for lists of 15 MB", choose(Map.of(), "run", "--config", "etc/census.yaml"));
    }

    @Test
    void readsTheFirstSettingsFileOfFourFolders() throws Exception {
        Files.writeString(directory.resolve("census.yaml"), "census.lists: " + directory + "/small.txt\n");
        assertEquals("257 for lists of 0 MB", choose(Map.of(), "run"));
        assertReadsAFileIn("home/.config/starttls-census", 1_000_000);
        assertReadsAFileIn("etc", 2_000_000);
        assertReadsAFileIn(".census", 3_000_000);
        Files.createDirectories(directory.resolve("other"));
        Files.writeString(directory.resolve("other/census.yaml"), "census.lists: missing.txt\n");
        var elsewhere = Map.of(
                "CENSUS_DATABASE_DIRECTORY", directory.resolve("other/pg").toString());
        assertTrue(choose(elsewhere, "run").startsWith("1024 "));
    }

    private void assertReadsAFileIn(String folder, long octets) throws Exception {
        Files.createDirectories(directory.resolve(folder));
        sized(folder + "/list.txt", octets);
        Files.writeString(directory.resolve(folder + "/census.properties"), "census.lists=list.txt\n");
        assertEquals(
                "%d for lists of %d MB".formatted(256 + octets / 20_000, octets / 1_000_000), choose(Map.of(), "run"));
    }

    @Test
    void usesTheListsOfTheSourceWithTheHighestPrecedence() throws Exception {
        Files.writeString(directory.resolve("census.properties"), "census.smtp.port=25\ncensus.lists=million.txt\n");
        assertEquals("1006 for lists of 15 MB", choose(Map.of(), "run"));
        assertEquals("257 for lists of 0 MB", choose(Map.of("CENSUS_LISTS", "small.txt"), "run"));
        assertEquals(
                "1006 for lists of 15 MB", choose(Map.of("CENSUS_LISTS", "small.txt"), "run", "--list", "million.txt"));
    }

    @Test
    void takesNoMoreThanHalfOfTheMemory() throws Exception {
        assertEquals(
                "512 half of the memory here; for lists of 15 MB",
                choose(Map.of("HALF", "512"), "run", "--list", "million.txt"));
        assertEquals("1006 for lists of 15 MB", choose(Map.of("HALF", ""), "run", "--list", "million.txt"));
    }

    @ParameterizedTest
    @CsvSource({
        "CENSUS_LAUNCHER_JAVA_OPTIONS, -Xmx3g",
        "JDK_JAVA_OPTIONS, -Dx=y -XX:MaxRAMPercentage=50",
        "JAVA_TOOL_OPTIONS, -XX:MaxHeapSize=1g"
    })
    void keepsAHeapThatIsSetAlready(String variable, String value) throws Exception {
        assertEquals("set", choose(Map.of(variable, value), "run"));
    }

    @Test
    void knowsTheMemoryOfThisMachine() throws Exception {
        var half = Integer.parseInt(bash(Map.of(), ". \"$HEAP\"; half_of_memory"));
        assertTrue(half > 0 && half < 1 << 24, () -> half + " MiB");
    }

    private void sized(String name, long octets) throws IOException {
        try (var file = new RandomAccessFile(directory.resolve(name).toFile(), "rw")) {
            file.setLength(octets);
        }
    }

    private String choose(Map<String, String> environment, String... arguments) throws Exception {
        return bash(environment, CHOOSE, arguments);
    }

    private String bash(Map<String, String> environment, String script, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("bash", "-c", script, "launcher"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("CENSUS_") || name.startsWith("J"));
        builder.environment().remove("XDG_CONFIG_HOME");
        builder.environment().put("HOME", directory.resolve("home").toString());
        builder.environment().put("HEAP", HEAP.toString());
        builder.environment().putAll(environment);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
