package org.starttlscensus.cli;

/**
 * A line that is not a valid case. The message says what was seen and what was expected; it is the answer to that line.
 */
final class UnreadableCaseException extends Exception {

    private static final long serialVersionUID = 1;

    UnreadableCaseException(String message) {
        super(message);
    }
}
