package org.starttlscensus.job;

/** A night that is not begun because of what was asked: no packet was sent, and the message says what to do instead. */
public final class RefusedNightException extends RuntimeException {

    private final boolean alreadyCompleted;

    RefusedNightException(String message) {
        this(message, false);
    }

    RefusedNightException(String message, boolean alreadyCompleted) {
        super(message);
        this.alreadyCompleted = alreadyCompleted;
    }

    /** Whether there is simply nothing left to do: with {@code --if-needed} that is no error. */
    public boolean alreadyCompleted() {
        return alreadyCompleted;
    }
}
