package org.starttlscensus.lists;

import java.nio.file.Path;

/**
 * A list file and its hash. A night and all its restarts must read the same contents.
 *
 * @param sha256Hex of the file as stored, compressed or not; 64 lower-case hexadecimal digits
 * @param bytes     its size
 */
public record PinnedList(Path file, String sha256Hex, long bytes) {

    public PinnedList {
        if (!sha256Hex.matches("[0-9a-f]{64}"))
            throw new IllegalArgumentException("not a SHA-256: \"" + sha256Hex + "\"");
        if (bytes < 0) throw new IllegalArgumentException("the size of a file must not be negative: " + bytes);
    }
}
