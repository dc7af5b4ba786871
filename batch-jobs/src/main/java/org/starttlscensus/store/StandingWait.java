package org.starttlscensus.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;

/**
 * A server asked us to stay away, and that time is not over.
 *
 * @param provider     of the server
 * @param address      of the server
 * @param isOfProvider whether none of the provider's servers is called before; else only that address is not
 * @param night        of the call
 * @param askedAt      when the call ended
 * @param asked        for how long, as the reply says; in a lab the time until then is shorter
 * @param words        of the reply; empty for calls of versions that did not keep them
 */
public record StandingWait(
        String provider,
        Address address,
        boolean isOfProvider,
        CensusNight night,
        Instant askedAt,
        Duration asked,
        Instant until,
        Optional<String> words) {}
