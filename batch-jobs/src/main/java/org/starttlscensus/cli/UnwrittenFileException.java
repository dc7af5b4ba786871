package org.starttlscensus.cli;

/** A file that the operator asked for cannot be written here, for example because the disk is full: exit code 5. */
final class UnwrittenFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnwrittenFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
