package org.starttlscensus.policy;

import java.util.List;
import org.starttlscensus.fact.Hostname;

/**
 * A valid policy.
 *
 * @param maxAgeSeconds 0 to {@value #MOST_SECONDS}
 * @param patterns      may be empty only in mode none
 */
public record MtaStsPolicy(MtaStsMode mode, int maxAgeSeconds, List<MxPattern> patterns) {

    /** 365.25 days. */
    public static final int MOST_SECONDS = 31_557_600;

    public MtaStsPolicy {
        patterns = List.copyOf(patterns);
        if (maxAgeSeconds < 0 || maxAgeSeconds > MOST_SECONDS) {
            throw new IllegalArgumentException(
                    "max_age is %,d; expected is 0 to %,d".formatted(maxAgeSeconds, MOST_SECONDS));
        }
        if (mode != MtaStsMode.NONE && patterns.isEmpty()) {
            throw new IllegalArgumentException("a policy of mode %s needs an mx".formatted(mode.label()));
        }
    }

    public boolean covers(Hostname host) {
        return patterns.stream().anyMatch(pattern -> pattern.covers(host));
    }

    /** As senders do that let a wildcard stand for any number of labels. */
    public boolean coversAnyDepth(Hostname host) {
        return patterns.stream().anyMatch(pattern -> pattern.coversAnyDepth(host));
    }
}
