package org.starttlscensus.cli;

/** This machine may not call others yet. The message says why, and how each of it is mended. Exit code 4. */
final class PreflightRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    PreflightRefusedException(String message) {
        super(message);
    }
}
