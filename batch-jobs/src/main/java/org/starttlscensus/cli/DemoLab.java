package org.starttlscensus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabOptions;

/**
 * The simulated internet of the demo again, for as long as a check of one domain takes. Its servers are the same; its
 * ports and its root certificate are new, so its files are in a folder of their own.
 */
record DemoLab(Lab lab, Path directory) implements AutoCloseable {

    static DemoLab open() throws IOException {
        var directory = Files.createTempDirectory("census-check-");
        return new DemoLab(Lab.open(LabOptions.in(directory)), directory);
    }

    Map<String, String> settings() {
        return lab.settings();
    }

    @Override
    public void close() throws IOException {
        lab.close();
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
