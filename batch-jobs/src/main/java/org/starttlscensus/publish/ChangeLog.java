package org.starttlscensus.publish;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;

/**
 * {@code CHANGES.md} beside the published nights: a line for each night that was written again, oldest first. A line is
 * known by its night and the first digits of the SHA-256 of the new manifest, so who starts again adds none twice.
 */
record ChangeLog(Path nights) {

    static final String NAME = "CHANGES.md";

    private static final String TITLE = """
            # Changes to published nights

            A night that is not named here is as it was published first. Whoever asked to be left out is named nowhere.

            """;

    /** @param what what was changed, in words */
    void add(LocalDate today, String night, String what, String manifest) throws IOException {
        var file = nights.resolve(NAME);
        var known = Files.exists(file) ? Files.readString(file) : TITLE;
        var key = "SHA-256 of its SHA256SUMS begins with " + manifest;
        if (known.lines().anyMatch(line -> line.contains("night " + night) && line.contains(key))) return;
        var staged = nights.resolve("." + NAME + ".publishing");
        Files.writeString(staged, known + "- %s: night %s: %s. Now the %s.%n".formatted(today, night, what, key));
        Folders.letOthersRead(staged);
        try (var channel = FileChannel.open(staged, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Folders.sync(nights);
    }
}
