package org.starttlscensus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import org.starttlscensus.settings.SettingsReader;

/**
 * The folder of the demo.
 *
 * <pre>
 *   demo.properties   the settings of the last demo, for --demo
 *   roots.pem         the roots of its last labs
 *   pg/  lab/  published/
 * </pre>
 */
record DemoHome(Path directory) {

    static final String TRUST_STORE = LabRoots.SETTING;

    static DemoHome ofThisProgram() {
        return new DemoHome(SettingsReader.home().resolve(".census/demo"));
    }

    Path lab() {
        return directory.resolve("lab");
    }

    Path published() {
        return directory.resolve("published");
    }

    /** @throws RefusedRequestException if no demo was run */
    Path settingsOfLastDemo() {
        if (Files.isRegularFile(settings())) return settings();
        throw new RefusedRequestException("--demo: there was no demo yet in %s. Run one, in a minute, with: %s demo"
                .formatted(Printable.line(directory.toString()), CommandName.typed()));
    }

    /** Also says where the database is. The file appears whole. */
    void keep(Map<String, String> labSettings) throws IOException {
        var all = new Properties();
        all.putAll(labSettings);
        all.setProperty("census.database.directory", directory.resolve("pg").toString());
        var part = Files.createTempFile(Files.createDirectories(directory), "demo-", ".part");
        try (var out = Files.newOutputStream(part)) {
            all.store(out, "The settings of the last `census demo`; the lab itself ended with it.");
        }
        var root = labSettings.get(TRUST_STORE);
        if (root != null) rootsWith(Path.of(root));
        Files.move(part, settings(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The roots of the last labs, and of this one. */
    String rootsWith(Path root) throws IOException {
        return new LabRoots(directory).with(root);
    }

    private Path settings() {
        return directory.resolve("demo.properties");
    }
}
