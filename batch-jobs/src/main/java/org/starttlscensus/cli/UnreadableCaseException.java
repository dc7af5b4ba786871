package org.starttlscensus.cli;

/** A line that poses no case. Says what was seen and what was expected; the line is answered with it. */
final class UnreadableCaseException extends Exception {

    private static final long serialVersionUID = 1;

    UnreadableCaseException(String message) {
        super(message);
    }
}
