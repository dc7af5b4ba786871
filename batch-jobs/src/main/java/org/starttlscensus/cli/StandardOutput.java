package org.starttlscensus.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stdout, which remembers that it could not be written. Java's own swallows that, and a script would take half a file
 * for the whole result.
 */
final class StandardOutput extends FilterOutputStream {

    private @Nullable IOException failure;

    StandardOutput(OutputStream out) {
        super(out);
    }

    static StandardOutput ofProcess() {
        return new StandardOutput(new FileOutputStream(FileDescriptor.out));
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
        try {
            out.write(octets, from, length);
        } catch (IOException e) {
            if (failure == null) failure = e;
            throw e;
        }
    }

    /** Why not all was written. A reader that has read enough, such as head(1), is no failure. */
    Optional<String> failure() {
        return Optional.ofNullable(failure)
                .map(cause -> Objects.requireNonNullElseGet(cause.getMessage(), cause::toString))
                .filter(words -> !words.contains("Broken pipe"));
    }
}
