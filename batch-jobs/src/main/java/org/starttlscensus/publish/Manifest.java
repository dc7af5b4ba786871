package org.starttlscensus.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * {@code SHA256SUMS}: the file names of a set with their digests, in the format of {@code sha256sum -c}. A folder
 * without it is not a set.
 */
final class Manifest {

    static final String NAME = "SHA256SUMS";

    private static final int HEX = 64;
    private static final String GAP = "  ";

    private Manifest() {}

    static void write(Path folder, SortedMap<String, String> digests) throws IOException {
        var text = digests.entrySet().stream()
                .map(file -> file.getValue() + GAP + file.getKey() + "\n")
                .collect(Collectors.joining());
        try (var channel =
                FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Folders.letOthersRead(folder.resolve(NAME));
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(true);
        }
    }

    /** The first digits of the SHA-256 of a folder's manifest: they name the set. */
    static String digest(Path folder) throws IOException {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve(NAME)));
            return HexFormat.of().formatHex(sha256).substring(0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** Whether a folder contains the files that its manifest names, and nothing else: then it may be replaced. */
    static boolean isAllThatIsIn(Path folder) throws IOException {
        if (!Files.isRegularFile(folder.resolve(NAME))) return false;
        var named = Files.readString(folder.resolve(NAME))
                .lines()
                .filter(line -> line.length() > HEX + GAP.length())
                .map(line -> line.substring(HEX + GAP.length()))
                .collect(Collectors.toCollection(HashSet::new));
        named.add(NAME);
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .collect(Collectors.toSet())
                    .equals(named);
        }
    }
}
