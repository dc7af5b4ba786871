package org.starttlscensus.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code census run} as its users start it: the jar, in a process of its own. */
public final class CensusProcess {

    private static final Path JAR = Path.of("target/census.jar");
    /**
     * A shell that starts a process in the background makes it and its children ignore SIGINT. GNU env can set the
     * default action again.
     */
    private static final List<String> WITH_SIGINT = List.of("env", "--default-signal=INT");

    private final Process process;
    private final Path output;

    private CensusProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    public static boolean isBuilt() {
        return Files.exists(JAR);
    }

    /** Whether Ctrl-C can be sent to such a process here. */
    static boolean receiveInterrupts() throws InterruptedException {
        var asked = new ArrayList<>(WITH_SIGINT);
        asked.add("true");
        try {
            return new ProcessBuilder(asked).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    public static CensusProcess run(Path home, String night, Map<String, String> settings, List<String> more)
            throws IOException, InterruptedException {
        return run(home, night, settings, more, Map.of());
    }

    static CensusProcess run(
            Path home, String night, Map<String, String> settings, List<String> more, Map<String, String> environment)
            throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of(
                "run", "--night", night, "--out", home.resolve("published").toString()));
        settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        arguments.addAll(more);
        return of(home, arguments, environment);
    }

    static CensusProcess of(Path home, List<String> arguments) throws IOException, InterruptedException {
        return of(home, arguments, Map.of());
    }

    private static CensusProcess of(Path home, List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(receiveInterrupts() ? WITH_SIGINT : List.of());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dcensus.home=" + home,
                "-jar",
                JAR.toAbsolutePath().toString()));
        command.addAll(arguments);
        var output = Files.createTempFile(home, "run-", ".log");
        var builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new CensusProcess(builder.start(), output);
    }

    public boolean isOverWithin(long milliseconds) throws InterruptedException {
        return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    }

    public int exit() {
        return process.exitValue();
    }

    /** kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** @param name as kill takes it: TERM, STOP ... */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, process.pid()))
                .start()
                .waitFor();
    }

    public void awaitOutput(String words) throws IOException, InterruptedException {
        var end = System.nanoTime() + 120_000_000_000L;
        while (!output().contains(words)) {
            if (System.nanoTime() > end || !process.isAlive())
                throw new AssertionError("not said: " + words + "\n" + output());
            Thread.sleep(20);
        }
    }

    public String output() throws IOException {
        return Files.readString(output);
    }
}
