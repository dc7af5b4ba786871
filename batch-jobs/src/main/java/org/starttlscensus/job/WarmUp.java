package org.starttlscensus.job;

import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.politeness.LimitKey;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.RevisitSchedule;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.ProviderHistory;

/**
 * A new source address has no reputation, so it makes fewer calls on its first nights. Addresses that are configured as
 * {@code established} need no warm-up.
 */
final class WarmUp {

    private WarmUp() {}

    static Limits limits(Database database, CensusNight night, CensusSettings settings) {
        var limits = settings.tonightsLimits();
        var most = settings.sourceAddresses().stream()
                .filter(source -> !source.established())
                .mapToInt(source ->
                        RevisitSchedule.ofNewSource(new ProviderHistory(database).nightsOf(source.address(), night)))
                .min();
        return most.isPresent()
                ? limits.with(
                        LimitKey.SOURCE,
                        limits.source()
                                .withPerNight(Math.min(
                                        most.getAsInt(),
                                        limits.source().perNight().orElse(Integer.MAX_VALUE))))
                : limits;
    }
}
