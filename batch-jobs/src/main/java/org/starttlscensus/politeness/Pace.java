package org.starttlscensus.politeness;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.starttlscensus.fact.ReplyClass;

/**
 * How one provider is approached, given what it said so far. A pure function of the past: no clock, no lock, no thread.
 *
 * @param gap       least time from the start of one call to the start of the next
 * @param welcomes  complete sessions in a row; ten of them halve a gap that had been doubled
 * @param blockedAt the endpoints that named a block
 * @param parked    whether the provider is left alone for the rest of the night
 */
public record Pace(Duration gap, int welcomes, Set<Long> blockedAt, boolean parked) {

    private static final int WELCOMES_TO_HALVE = 10;
    /** One server may block by accident; two of a provider mean the provider. */
    private static final int BLOCKS_TO_PARK = 2;

    public Pace {
        blockedAt = Set.copyOf(blockedAt);
    }

    public static Pace starting(Limits limits) {
        return new Pace(limits.provider().gap(), 0, Set.of(), false);
    }

    /** The pace after one more call of this provider was answered. */
    public Pace after(ReplyClass signal, long endpointId, Limits limits) {
        return switch (signal) {
            case OK, NO_STARTTLS, TLS_UNAVAILABLE -> welcomed(limits);
            case RATE_LIMITED -> slower(limits);
            case BLOCKED_REPUTATION -> blocked(endpointId, limits);
            case MUTED, STRIPPED, BLOCKED_SUSPECTED, GREYLISTED, TEMPORARY_UNAVAILABLE, POLICY_REQUIRES_TLS, NOT_SMTP, OTHER ->
                    new Pace(gap, 0, blockedAt, parked);
        };
    }

    private Pace welcomed(Limits limits) {
        if (welcomes + 1 < WELCOMES_TO_HALVE) return new Pace(gap, welcomes + 1, blockedAt, parked);
        return new Pace(longer(gap.dividedBy(2), limits.provider().gap()), 0, blockedAt, parked);
    }

    private Pace slower(Limits limits) {
        return new Pace(shorter(gap.multipliedBy(2), limits.longestProviderGap()), 0, blockedAt, parked);
    }

    private Pace blocked(long endpointId, Limits limits) {
        var blocked = new HashSet<>(blockedAt);
        blocked.add(endpointId);
        var slower = slower(limits);
        return new Pace(slower.gap, 0, blocked, parked || blocked.size() >= BLOCKS_TO_PARK);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
