package org.starttlscensus.cli;

/** What the operator requests does not exist, or cannot be done now. The message says so, and what to do instead. */
final class RefusedRequestException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RefusedRequestException(String message) {
        super(message);
    }
}
