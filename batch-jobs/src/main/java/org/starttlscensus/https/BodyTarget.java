package org.starttlscensus.https;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where a body goes. */
public interface BodyTarget {

    /** Called once, when a body begins. */
    OutputStream open() throws IOException;

    /** Drops what came, because it is not the whole. Does nothing where nothing came. */
    void discard() throws IOException;

    /** A new file: it must not exist yet. */
    static BodyTarget file(Path file) {
        return new BodyTarget() {
            @Override
            public OutputStream open() throws IOException {
                return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
            }

            @Override
            public void discard() throws IOException {
                Files.deleteIfExists(file);
            }
        };
    }
}
