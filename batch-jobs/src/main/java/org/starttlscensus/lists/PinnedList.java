package org.starttlscensus.lists;

import java.nio.file.Path;

/**
 * A list file and what it holds: the edition that a night, and every restart of it, reads.
 *
 * @param sha256Hex of the file as it lies there, compressed or not, 64 lower-case hexadecimal digits
 * @param bytes     its size
 */
public record PinnedList(Path file, String sha256Hex, long bytes) {

    public PinnedList {
        if (!sha256Hex.matches("[0-9a-f]{64}"))
            throw new IllegalArgumentException("not a SHA-256: \"" + sha256Hex + "\"");
        if (bytes < 0) throw new IllegalArgumentException("a file has no " + bytes + " bytes");
    }
}
