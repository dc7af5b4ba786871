package org.starttlscensus.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.starttlscensus.store.PublishedVerdict;
import org.starttlscensus.verdict.ChainStatus;
import org.starttlscensus.verdict.NameMatch;
import org.starttlscensus.verdict.Outcome;

/**
 * Whether another look shows more of a server than its published verdict does. A night says what was seen in it: a
 * certificate that has expired since is no fault of it.
 */
final class Improvement {

    private static final int NOTHING = -1;

    private Improvement() {}

    /** Whether the new verdict shows STARTTLS, is better in its outcome, chain or name, and worse in none of them. */
    static boolean is(PublishedVerdict before, PublishedVerdict now) {
        if (!Outcome.of(now.outcome()).starttls().equals(Optional.of(true))) return false;
        int[] differences = {
            Integer.compare(outcome(now), outcome(before)),
            Integer.compare(chain(now), chain(before)),
            Integer.compare(name(now), name(before))
        };
        return Arrays.stream(differences).allMatch(difference -> difference >= 0)
                && Arrays.stream(differences).anyMatch(difference -> difference > 0);
    }

    private static int outcome(PublishedVerdict verdict) {
        var outcome = Outcome.of(verdict.outcome());
        if (!outcome.starttls().equals(Optional.of(true))) return 0;
        return outcome.usable().equals(Optional.of(true)) ? 2 : 1;
    }

    /** Its values stand worst first. */
    private static int chain(PublishedVerdict verdict) {
        return verdict.chain().map(ChainStatus::of).map(Enum::ordinal).orElse(NOTHING);
    }

    private static int name(PublishedVerdict verdict) {
        return verdict.nameMatch()
                .map(label -> switch (NameMatch.valueOf(label.toUpperCase(Locale.ROOT))) {
                    case MISMATCH -> 0;
                    case CN_ONLY -> 1;
                    case MATCH -> 2;
                })
                .orElse(NOTHING);
    }
}
