package org.starttlscensus.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a policy asks of senders. */
public enum MtaStsMode {
    /** Nothing: the domain is about to leave MTA-STS. */
    NONE,
    /** To report failures, and to deliver nevertheless. */
    TESTING,
    /** To deliver to no server that does not fit the policy. */
    ENFORCE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<MtaStsMode> of(String text) {
        return Arrays.stream(values()).filter(mode -> mode.label().equals(text)).findFirst();
    }
}
