package org.starttlscensus.store;

import java.util.Locale;

/** What a domain's verdict is based on, as stored. */
public enum Measured {
    /** A call to one of its own servers. */
    OWN,
    /** Calls to other names on the same addresses. */
    INHERITED,
    /** No call. */
    NONE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Measured of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
