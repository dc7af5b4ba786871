package org.starttlscensus.lists;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The octets of a list file as stored. Counts them and computes their SHA-256 while they are read. */
final class PinnedFile extends FilterInputStream {

    private final Path file;
    private final MessageDigest digest = sha256();
    private long octetsRead;

    PinnedFile(Path file) throws IOException {
        super(Files.newInputStream(file));
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int most) throws IOException {
        int read = in.read(target, from, most);
        if (read > 0) {
            digest.update(target, from, read);
            octetsRead += read;
        }
        return read;
    }

    long octetsRead() {
        return octetsRead;
    }

    /** Reads the rest of the file. */
    PinnedList pin() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        return new PinnedList(file, HexFormat.of().formatHex(digest.digest()), octetsRead);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
