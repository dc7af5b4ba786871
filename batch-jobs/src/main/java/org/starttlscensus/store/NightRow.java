package org.starttlscensus.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;

/**
 * A row of table {@code night}.
 *
 * @param epoch         incremented by every process that takes the night over
 * @param methodVersion version of the definitions that the night was opened with
 * @param trustStore    name of the trust store that its chains are judged by
 * @param isClosedEarly whether it was interrupted, and a later night closed it
 * @param contactsPrunedAt when its plan, permits and raw replies began to be dropped; empty while they are kept
 */
public record NightRow(
        CensusNight night,
        int epoch,
        String methodVersion,
        String trustStore,
        Instant openedAt,
        Optional<Instant> completedAt,
        boolean isClosedEarly,
        Optional<Instant> contactsPrunedAt) {

    /**
     * Calls may be made from 22:00 to 06:00. A run that starts within this time after the opening belongs to the same
     * night.
     */
    private static final Duration WINDOW = Duration.ofHours(8);

    /**
     * Whether a run that starts now belongs to this night, even if the date has changed. A complete night keeps its
     * window: otherwise a start after midnight would open the next night, and call every server again within hours.
     */
    public boolean includes(Instant now) {
        return openedAt.isAfter(now.minus(WINDOW));
    }
}
