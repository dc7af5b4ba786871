package org.starttlscensus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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

    static final String TRUST_STORE = "census.tls.trust-store";

    static final int MOST_ROOTS = 100;
    private static final Pattern ROOT =
            Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);

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

    /** The roots of the last labs, for what they have shown is used again, and of this one. The file appears whole. */
    String rootsWith(Path root) throws IOException {
        var file = directory.resolve("roots.pem");
        var all = (Files.exists(file) ? Files.readString(file) : "") + Files.readString(root);
        var each = ROOT.matcher(all).results().map(MatchResult::group).toList();
        var kept = String.join("\n", each.subList(Math.max(0, each.size() - MOST_ROOTS), each.size())) + "\n";
        var part = Files.createTempFile(directory, "roots-", ".part");
        Files.writeString(part, kept);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        return kept;
    }

    private Path settings() {
        return directory.resolve("demo.properties");
    }
}
