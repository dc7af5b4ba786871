package org.starttlscensus.preflight;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.https.UserAgent;
import org.starttlscensus.settings.CensusSettings;

/**
 * What is to be looked at.
 *
 * @param database    as whoever opened it saw it
 * @param oldRoots    what to say of a trust store that is too old; empty: it is not
 * @param otherThings findings of checks that belong to other rooms
 * @param userAgent   for the operator's own pages
 */
public record PreflightRequest(
        CensusSettings settings,
        DatabaseCondition database,
        Optional<String> oldRoots,
        List<PreflightFinding> otherThings,
        UserAgent userAgent,
        Instant now) {

    public PreflightRequest {
        otherThings = List.copyOf(otherThings);
    }
}
