package org.starttlscensus.settings;

/**
 * A password. Never shown by {@code toString}, so that no log line, message or debugger view of a settings record gives
 * it away.
 */
public record Secret(String reveal) {

    static final String HIDDEN = "(hidden)";

    @Override
    public String toString() {
        return HIDDEN;
    }
}
