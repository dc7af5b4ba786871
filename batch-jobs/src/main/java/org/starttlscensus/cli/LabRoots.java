package org.starttlscensus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.starttlscensus.fact.Octets;

/**
 * The roots of the last labs that used one database: each lab has a root of its own, and what an earlier one has shown
 * is used again.
 *
 * @param folder of the file {@code roots.pem}
 */
record LabRoots(Path folder) {

    static final String SETTING = "census.tls.trust-store";

    static final int MOST = 100;
    private static final Pattern ROOT =
            Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);

    /** Adds the root of a lab. The file appears whole. */
    String with(Path root) throws IOException {
        var all = (Files.exists(file()) ? Files.readString(file()) : "") + Files.readString(root);
        var each = ROOT.matcher(all).results().map(MatchResult::group).toList();
        var kept = String.join("\n", each.subList(Math.max(0, each.size() - MOST), each.size())) + "\n";
        var part = Files.createTempFile(folder, "roots-", ".part");
        Files.writeString(part, kept);
        Files.move(part, file(), StandardCopyOption.ATOMIC_MOVE);
        return kept;
    }

    /**
     * The settings of a lab, with all these roots instead of its own alone.
     *
     * @param file where they are written
     */
    static Map<String, String> in(Map<String, String> labSettings, String roots, Path file) throws IOException {
        Map<String, String> settings = new HashMap<>(labSettings);
        settings.put(SETTING, Files.writeString(file, roots).toString());
        settings.merge(
                "census.tls.trust-store-name",
                " and before " + Octets.of(roots).sha256().hex().substring(0, 8),
                String::concat);
        return settings;
    }

    private Path file() {
        return folder.resolve("roots.pem");
    }
}
