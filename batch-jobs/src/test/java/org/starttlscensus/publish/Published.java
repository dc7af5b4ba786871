package org.starttlscensus.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Sets to publish, and a reader's view of a published set. */
final class Published {

    enum Seen {
        NOTHING,
        WHOLE,
        BROKEN
    }

    private Published() {}

    /** A small compressed file and a plain one. Each edition has other bytes and another length in both. */
    static List<DatasetFile> set(int edition) {
        return List.of(file("servers.csv.gz", edition, 2_000 + edition), file("adoption.csv", edition, 10 + edition));
    }

    static DatasetFile file(String name, int edition, int rows) {
        return new DatasetFile(
                name,
                List.of("night", "value"),
                each -> IntStream.range(0, rows)
                        .forEach(row -> each.accept(List.of("2026-11-23", edition + "-" + row))));
    }

    /** Opens the folder once, as {@code cd} does, and compares every file in it with the manifest. */
    static Seen look(Path folder) throws Exception {
        try (var opened = Files.newDirectoryStream(folder)) {
            var there = (SecureDirectoryStream<Path>) opened;
            var sums = new String(read(there, Manifest.NAME), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            for (var line : sums) {
                var digest = HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(read(there, line.substring(66))));
                if (!line.startsWith(digest + "  ")) return Seen.BROKEN;
            }
            return sums.isEmpty() ? Seen.BROKEN : Seen.WHOLE;
        } catch (NoSuchFileException e) {
            // a missing folder or manifest: no set; any other missing file: an incomplete set
            return e.getFile().endsWith(".csv") || e.getFile().endsWith(".gz") ? Seen.BROKEN : Seen.NOTHING;
        }
    }

    private static byte[] read(SecureDirectoryStream<Path> folder, String name) throws IOException {
        try (SeekableByteChannel file = folder.newByteChannel(Path.of(name), Set.of(StandardOpenOption.READ))) {
            var bytes = ByteBuffer.allocate((int) file.size());
            while (bytes.hasRemaining() && file.read(bytes) >= 0) {}
            return bytes.array();
        }
    }

    static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
