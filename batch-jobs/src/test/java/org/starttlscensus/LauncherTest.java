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

    @Test
    void showsNoColourInAFile() throws Exception {
        assertFalse(checkout.start(Map.of("TERM", "xterm"), "--help").out().contains("colour"));
    }

    @ParameterizedTest
    @CsvSource({"TERM=xterm,true", "TERM=dumb,false", "TERM=xterm NO_COLOR=1,false"})
    void showsColourOnATerminalThatWantsIt(String variables, boolean expected) throws Exception {
        var typescript = root.resolve("typescript");
        var environment = new ProcessBuilder(
                "env",
                "-S",
                variables,
                "JAVA_HOME=" + root.resolve("jdk"),
                "script",
                "-q",
                "-c",
                "'" + checkout.directory().resolve("census") + "' --help",
                typescript.toString());
        environment.environment().keySet().removeIf(name -> name.equals("NO_COLOR") || name.startsWith("CENSUS_"));
        environment
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("seen").toFile());
        assertEquals(0, environment.start().waitFor());
        assertEquals(expected, readTerminal(typescript).contains("java -Dcensus.colour=true"));
    }

    private static String readTerminal(Path typescript) throws IOException {
        return Files.readString(typescript).replace("\r", "");
    }
}
