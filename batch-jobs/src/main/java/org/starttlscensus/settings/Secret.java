package org.starttlscensus.settings;

/**
 * A password. {@code toString} hides it, so no log line, message or debugger view of a settings record shows it.
 */
public record Secret(String reveal) {

    static final String HIDDEN = "(hidden)";

    @Override
    public String toString() {
        return HIDDEN;
    }
}
