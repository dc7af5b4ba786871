package org.starttlscensus.cli;

import java.time.Instant;

/** What is said of a night whose permits, plan and raw replies census prune has dropped. */
final class PrunedWords {

    private PrunedWords() {}

    static String ofNight(Instant prunedAt) {
        return "Its permits, plan and raw replies are no longer kept (census prune, %s). ".formatted(prunedAt)
                + "What was concluded from them is.";
    }

    static String ofCalls(Instant prunedAt) {
        return "no longer kept (census prune, %s)".formatted(prunedAt);
    }
}
