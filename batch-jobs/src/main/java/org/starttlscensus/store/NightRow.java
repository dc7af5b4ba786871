package org.starttlscensus.store;

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
        CensusNight night, int epoch, String methodVersion, String trustStore, Instant openedAt, Optional<Instant> completedAt,
        boolean isClosedEarly) {}
