package org.starttlscensus.store;

import java.util.List;
import java.util.stream.Stream;

/**
 * A server, address, host or domain in the reference, and what it says to one metric.
 *
 * @param partial whether one of its parts is unknown
 * @param shows   whether a handshake finished at one of its servers
 */
record TrendUnit(Standing standing, Answer answer, boolean partial, boolean shows) {

    enum Answer {
        YES,
        NO,
        UNKNOWN,
        OUT
    }

    enum Standing {
        COUNTS,
        SILENT,
        OPTED_OUT,
        OTHER_FAMILY,
        SPECIAL,
        LEFT
    }

    static final TrendUnit NOTHING_KNOWN = new TrendUnit(Standing.COUNTS, Answer.UNKNOWN, true, false);

    boolean optedOut() {
        return standing == Standing.OPTED_OUT;
    }

    /** Addresses of a family that we lack leave, where the host has another. */
    static TrendUnit host(List<TrendUnit> addresses) {
        boolean ours = addresses.stream()
                .map(TrendUnit::standing)
                .anyMatch(standing -> standing != Standing.OTHER_FAMILY && standing != Standing.SPECIAL);
        return roll(
                addresses.stream()
                        .filter(address -> !ours || address.standing() != Standing.OTHER_FAMILY)
                        .map(TrendUnit::alone)
                        .toList(),
                false);
    }

    /** Where its host does not matter, an address of a family that we lack is unknown. */
    TrendUnit alone() {
        return standing == Standing.OTHER_FAMILY ? NOTHING_KNOWN : this;
    }

    /** @param all by the roll-up all_reachable; else any */
    static TrendUnit roll(List<TrendUnit> parts, boolean all) {
        if (parts.stream().noneMatch(part -> part.standing() == Standing.COUNTS)) {
            var standing = Stream.of(Standing.OPTED_OUT, Standing.SILENT)
                    .filter(one -> parts.stream().anyMatch(part -> part.standing() == one))
                    .findFirst()
                    .orElse(Standing.LEFT);
            return new TrendUnit(standing, Answer.OUT, false, false);
        }
        var answers = parts.stream().map(TrendUnit::besideOthers).toList();
        var order = all
                ? List.of(Answer.NO, Answer.YES, Answer.UNKNOWN, Answer.OUT)
                : List.of(Answer.YES, Answer.UNKNOWN, Answer.NO, Answer.OUT);
        return new TrendUnit(
                Standing.COUNTS,
                order.stream().filter(answers::contains).findFirst().orElseThrow(),
                answers.contains(Answer.UNKNOWN),
                parts.stream().anyMatch(TrendUnit::shows));
    }

    private Answer besideOthers() {
        return switch (standing) {
            case COUNTS -> answer;
            case SILENT, OPTED_OUT -> Answer.UNKNOWN;
            case OTHER_FAMILY, SPECIAL, LEFT -> Answer.OUT;
        };
    }
}
