package org.starttlscensus.job;

import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.politeness.LimitKey;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.RevisitSchedule;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.ProviderHistory;

/** A new address of ours has no reputation: it calls few on its first nights, unless the operator says that it has a history. */
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
