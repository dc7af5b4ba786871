package org.starttlscensus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabOptions;

/**
 * The simulated internet of the demo again, for as long as a check of one domain or a simulation takes. Its servers are
 * the same; its ports and its root certificate are new, so its files are in a folder of their own.
 */
record DemoLab(Lab lab, Path directory, Map<String, String> settings) implements AutoCloseable {

    static DemoLab open(DemoHome home) throws IOException {
        var _ = home.settingsOfLastDemo();
        var directory = Files.createTempDirectory("census-check-");
        try {
            var lab = Lab.open(LabOptions.in(directory));
            try {
                return of(lab, directory, home);
            } catch (IOException | RuntimeException e) {
                lab.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            remove(directory);
            throw e;
        }
    }

    private static DemoLab of(Lab lab, Path directory, DemoHome home) throws IOException {
        var roots = home.rootsWith(Path.of(lab.settings().getOrDefault(LabRoots.SETTING, "")));
        return new DemoLab(lab, directory, LabRoots.in(lab.settings(), roots, directory.resolve("roots.pem")));
    }

    @Override
    public void close() throws IOException {
        lab.close();
        remove(directory);
    }

    private static void remove(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
