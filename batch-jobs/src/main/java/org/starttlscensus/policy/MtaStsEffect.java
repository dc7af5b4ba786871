package org.starttlscensus.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a policy would do to the mail of its domain, if every sender obeyed it. */
public enum MtaStsEffect {
    /** Every mail server of best preference fits the policy. */
    EFFECTIVE,
    /** Some mail server fits, and one of best preference does not: senders try the next. */
    PARTLY_COVERED,
    /** No mail server fits: in mode enforce no mail would arrive. */
    WOULD_FAIL;

    /**
     * What is known of one mail server of the domain.
     *
     * @param best    whether it is of best preference
     * @param covered whether the policy names it
     * @param valid   whether its certificate is valid and for its name, by public CAs; empty if unknown
     */
    public record MxFacts(boolean best, boolean covered, Optional<Boolean> valid) {

        private boolean mayFit() {
            return covered && valid.orElse(true);
        }

        private boolean fits() {
            return covered && valid.orElse(false);
        }
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Empty in mode none, if there are no mail servers, and if what is unknown could change it.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8461#section-5.1">RFC 8461, section 5.1: the next candidate is
     *     tried</a>
     */
    public static Optional<MtaStsEffect> of(MtaStsMode mode, List<MxFacts> servers) {
        if (mode == MtaStsMode.NONE || servers.stream().noneMatch(MxFacts::best)) return Optional.empty();
        var atBest = of(
                servers.stream().filter(MxFacts::best).allMatch(MxFacts::mayFit),
                servers.stream().anyMatch(MxFacts::mayFit));
        var atWorst = of(
                servers.stream().filter(MxFacts::best).allMatch(MxFacts::fits),
                servers.stream().anyMatch(MxFacts::fits));
        return Stream.of(atBest).filter(effect -> effect == atWorst).findFirst();
    }

    private static MtaStsEffect of(boolean everyBest, boolean any) {
        if (everyBest) return EFFECTIVE;
        return any ? PARTLY_COVERED : WOULD_FAIL;
    }
}
