package org.starttlscensus.job;

/** The night cannot be run as requested. No packet was sent, and the message says what to do instead. */
public final class RefusedNightException extends RuntimeException {

    private final boolean alreadyCompleted;

    RefusedNightException(String message) {
        this(message, false);
    }

    RefusedNightException(String message, boolean alreadyCompleted) {
        super(message);
        this.alreadyCompleted = alreadyCompleted;
    }

    /** Whether the night is complete, so nothing is left to do. With {@code --if-needed} that is no error. */
    public boolean alreadyCompleted() {
        return alreadyCompleted;
    }
}
