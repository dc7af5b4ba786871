package org.starttlscensus.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that runs {@link EmbeddedUser}. */
public final class UserProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private UserProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    public static UserProcess start(Path directory, String... options) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener",
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedUser.class.getName(),
                directory.toString()));
        command.addAll(List.of(options));
        try {
            return new UserProcess(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the process has opened the database. Returns its URL, and whether the process has the run lock. */
    public String[] opened() throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("jdbc:")) return line.split(" ");
        }
        throw new AssertionError("the process ended without opening the database");
    }

    /** kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public int leave() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) throw new AssertionError("the process does not end");
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
