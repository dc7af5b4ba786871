package org.starttlscensus.publish;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Publishes one edition per line on its standard input and reports each on standard output, until it is killed. */
final class PublisherProcess {

    private PublisherProcess() {}

    static Process start(Path target, int edition) throws Exception {
        return start(List.of(), target, edition);
    }

    static Process startWithUmask(String umask, Path target, int edition) throws Exception {
        return start(List.of("sh", "-c", "umask %s && exec \"$@\"".formatted(umask), "sh"), target, edition);
    }

    private static Process start(List<String> by, Path target, int edition) throws Exception {
        var command = new ArrayList<>(by);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PublisherProcess.class.getName(),
                target.toString(),
                String.valueOf(edition)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] arguments) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (int edition = Integer.parseInt(arguments[1]); lines.readLine() != null; edition++) {
            new DatasetWriter().publish(Path.of(arguments[0]), Published.set(edition));
            System.out.println(edition);
        }
    }
}
