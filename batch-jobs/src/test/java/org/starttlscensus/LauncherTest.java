package org.starttlscensus;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher gives to java: options, the character set, the folder of the state. */
class LauncherTest {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ ";

    @TempDir
    private Path root;

    private Checkout checkout;

    @BeforeEach
    void aCheckoutThatIsBuilt() throws Exception {
        checkout = Checkout.in(root, "prüfung mit leerzeichen");
        assertEquals(0, checkout.start("--version").exit());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "check",
                "explain",
                "judge",
                "pause",
                "resume",
                "status",
                "stop",
                "help",
                "completion",
                "settings",
                "database",
                "night",
                "provider",
                "trust-store",
                "--version",
                "--help",
                "run --help",
                "demo -h"
            })
    void shortCommandsStartQuickly(String arguments) throws Exception {
        var out = checkout.start(arguments.split(" ")).out();
        assertTrue(out.contains("java -XX:TieredStopAtLevel=1\n"), out);
        assertTrue(out.contains("java -XX:+UseSerialGC\n"), out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "demo", "lab", "simulate", "reassess"})
    void longCommandsUseTheWholeCompiler(String command) throws Exception {
        var out = checkout.start(command).out();
        assertFalse(out.contains("TieredStopAtLevel"), out);
        assertTrue(out.contains("java -XX:+UseParallelGC\n"), out);
    }

    @ParameterizedTest
    @CsvSource({"LC_ALL,C", "LC_ALL,POSIX", "LANG,C", "LANG,xx_XX.UTF-8", "LC_CTYPE,C", "UNRELATED,''"})
    void argumentsAndFileNamesAreUtf8(String variable, String value) throws Exception {
        var start = checkout.start(Map.of(variable, value), "check", "bücher.test");
        assertEquals(0, start.exit(), start::err);
        assertEquals("", start.err());
        assertTrue(start.out().startsWith("charset UTF-8\n"), start::out);
        assertTrue(start.out().endsWith("java check\njava bücher.test\n"), start::out);
    }

    @Test
    void keepsTheStateWhereItIsTold() throws Exception {
        var state = root.resolve("state");
        var start = checkout.start(Map.of("CENSUS_LAUNCHER_STATE", state.toString()), "run");
        assertTrue(start.out().contains("java -Dcensus.home=" + state + "\n"), start::out);
        assertTrue(Files.exists(state.resolve(".census/run.lock")));
        assertFalse(Files.exists(checkout.directory().resolve(".census/run.lock")));
        assertTrue(checkout.start("run").out().contains("java -Dcensus.home=" + checkout.directory() + "\n"));
    }

    /** It is asked twice, because the other may have ended meanwhile. */
    @Test
    void startsIfTheOtherRunEndsBetweenTheTwoQuestions() throws Exception {
        var held = checkout.startWithLockHeld(1, "run");
        assertEquals(0, held.exit(), held::err);
        assertTrue(held.out().contains("java run\n"), held::out);
        var stays = checkout.startWithLockHeld(2, "run");
        assertEquals(75, stays.exit(), stays::err);
        assertTrue(stays.says("another `census run` is at work here"), stays::err);
        assertFalse(stays.out().contains("java run"), stays::out);
    }

    @Test
    void makesNoFolderThatOthersMayChange() throws Exception {
        var state = root.resolve("state");
        checkout.start(
                List.of("sh", "-c", "umask 000; exec \"$@\"", "sh"),
                Map.of("CENSUS_LAUNCHER_STATE", state.toString()),
                "run");
        assertEquals(
                "rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve(".census"))));
    }

    @Test
    void theInstalledCommandLooksForSettingsInTheHomeOfItsUser() throws Exception {
        var command = Files.readString(Path.of("../deploy/census"))
                .replace("exec /opt/starttls-census/census", "exec /usr/bin/env");
        var builder = new ProcessBuilder("sh", "-c", command);
        builder.environment().clear();
        builder.environment().putAll(Map.of("HOME", "/root", "XDG_CONFIG_HOME", "/root/.config"));
        var seen = builder.start().inputReader().lines().toList();
        assertTrue(seen.contains("HOME=/var/lib/starttls-census"), seen::toString);
        assertFalse(seen.contains("XDG_CONFIG_HOME=/root/.config"), seen::toString);
    }

    @Test
    void refusesAFolderOfStateThatDependsOnTheCurrentOne() throws Exception {
        var start = checkout.start(Map.of("CENSUS_LAUNCHER_STATE", "state"), "run");
        assertEquals(2, start.exit());
        assertTrue(start.says("CENSUS_LAUNCHER_STATE=state: must be an absolute path"), start::err);
    }

    @Test
    void stampsTheLinesOfALongCommandForAFile() throws Exception {
        var run = checkout.start("run");
        var status = checkout.start("status");
        assertAll(
                () -> assertTrue(run.err().matches(TIME + "census: java gets [^\n]*\n"), run::err),
                () -> assertTrue(run.out().contains("java -Dcensus.stamped=true\n"), run::out),
                () -> assertFalse(status.out().contains("stamped"), status::out),
                () -> assertFalse(checkout.start("run", "--help").out().contains("stamped")));
    }

    @Test
    void isSilentWhenAskedTo() throws Exception {
        assertEquals("", checkout.start("run", "--quiet").err());
    }

    /** Java would make the first file that it opens its output. */
    @ParameterizedTest
    @ValueSource(strings = {"0<&-", "1>&-", "2>&-"})
    void aClosedStreamIsNoFileOfJavas(String closed) throws Exception {
        var seen = root.resolve("streams");
        checkout.script("jdk/bin/java", """
                #!/bin/sh
                streams=$(for n in 0 1 2; do echo "$n is $(readlink /proc/$$/fd/$n)"; done)
                echo "$streams" > '%s'
                """.formatted(seen));
        var start = checkout.start(List.of("sh", "-c", "exec \"$@\" " + closed, "sh"), Map.of(), "status");
        assertEquals(0, start.exit(), start::err);
        var expected = closed.charAt(0) + " is /dev/null";
        assertTrue(Files.readAllLines(seen).contains(expected), Files.readString(seen));
    }

    @ParameterizedTest
    @CsvSource({"TERM=xterm,true", "TERM=dumb,false"})
    void writesOverALineOnlyWhereThatIsPossible(String variable, boolean expected) throws Exception {
        assertEquals(expected, onTerminal(variable, "status").contains("java -Dcensus.columns="));
    }

    @Test
    void showsNoColourInAFile() throws Exception {
        assertFalse(checkout.start(Map.of("TERM", "xterm"), "--help").out().contains("colour"));
    }

    @ParameterizedTest
    @CsvSource({"TERM=xterm,true", "TERM=dumb,false", "TERM=xterm NO_COLOR=1,false"})
    void showsColourOnATerminalThatWantsIt(String variables, boolean expected) throws Exception {
        assertEquals(expected, onTerminal(variables, "--help").contains("java -Dcensus.colour=true"));
    }

    private String onTerminal(String variables, String argument) throws Exception {
        var typescript = root.resolve("typescript");
        var environment = new ProcessBuilder(
                "env",
                "-S",
                variables,
                "JAVA_HOME=" + root.resolve("jdk"),
                "script",
                "-q",
                "-c",
                "'" + checkout.directory().resolve("census") + "' " + argument,
                typescript.toString());
        environment.environment().keySet().removeIf(name -> name.equals("NO_COLOR") || name.startsWith("CENSUS_"));
        environment
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("seen").toFile());
        assertEquals(0, environment.start().waitFor());
        return readTerminal(typescript);
    }

    private static String readTerminal(Path typescript) throws IOException {
        return Files.readString(typescript).replace("\r", "");
    }
}
