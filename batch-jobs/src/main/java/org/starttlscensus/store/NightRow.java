package org.starttlscensus.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;

/**
 * A night as the database knows it.
 *
 * @param epoch         raised by every process that takes the night over
 * @param methodVersion version of the definitions it was opened with
 * @param trustStore    name of the trust store by which its chains are judged
 * @param isClosedEarly whether it was broken off, and a later night closed it
 */
public record NightRow(
        CensusNight night,
        int epoch,
        String methodVersion,
        String trustStore,
        Instant openedAt,
        Optional<Instant> completedAt,
        boolean isClosedEarly) {

    /** How long calls may be made in a night, from 22:00 to 06:00: whoever starts within it goes on with the same night. */
    private static final Duration WINDOW = Duration.ofHours(8);

    /** Whether a run that starts now goes on with this night, whatever the date is by then. */
    public boolean isUnderWay(Instant now) {
        return completedAt.isEmpty() && openedAt.isAfter(now.minus(WINDOW));
    }
}
