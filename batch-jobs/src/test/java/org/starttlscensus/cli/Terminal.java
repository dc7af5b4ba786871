package org.starttlscensus.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs a command as {@code main} does, and records every octet of stdout and stderr. Compares JSON with its
 * documentation.
 */
record Terminal(int exit, String out, String err) {

    static Terminal run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var before = System.err;
        int exit;
        try (var outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
                var errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            System.setErr(errStream); // progress goes there directly
            exit = Census.commandLine(outStream, errStream).execute(arguments);
        } finally {
            System.setErr(before);
        }
        var ran = new Terminal(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        if (List.of(arguments).contains("--json") && !ran.out().isEmpty()) {
            JsonDocument.READ.check(List.of(arguments), ran.out());
        }
        return ran;
    }

    String all() {
        return out + err;
    }
}
