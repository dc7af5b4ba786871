package org.starttlscensus.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs one of PostgreSQL's programs and waits for its end.
 *
 * @param exit   0 on success
 * @param output standard output and standard error, without trailing line ends
 */
public record EmbeddedPostgresProcess(int exit, String output) {

    public static EmbeddedPostgresProcess run(Path directory, List<String> command)
            throws IOException, InterruptedException {
        var output = Files.createTempFile(directory, "output-", ".txt");
        try {
            // Not a pipe: a server that outlives its starter would keep the other end open.
            var builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(variable -> variable.startsWith("PG") || variable.startsWith("LC_"));
            builder.environment().put("LC_ALL", "C");
            int exit = builder.start().waitFor();
            return new EmbeddedPostgresProcess(exit, Files.readString(output).strip());
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
