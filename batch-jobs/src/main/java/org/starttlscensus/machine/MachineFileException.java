package org.starttlscensus.machine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** The record of the last call from this machine cannot be read, trusted or written: exit code 5. */
public final class MachineFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final String STATE =
            " It names the database that calls from this machine; without it no server is called.";

    private MachineFileException(String message) {
        super(message);
    }

    private MachineFileException(String message, Throwable cause) {
        super(message, cause);
    }

    /** @param expected what should be there, and what to do */
    static MachineFileException refused(Path path, String seen, String expected) {
        return new MachineFileException("%s: %s.%s %s".formatted(path, seen, STATE, expected));
    }

    static MachineFileException in(Path path, IOException cause) {
        var reason = cause instanceof AccessDeniedException ? "permission denied" : reason(cause);
        return new MachineFileException(
                ("%s: cannot be used (%s).%s Let the user who runs the census read and write it, "
                                + "or run the census as the user who may")
                        .formatted(path, reason, STATE),
                cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof FileSystemException named && named.getReason() != null) return named.getReason();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
