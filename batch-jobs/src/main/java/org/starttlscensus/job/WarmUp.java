package org.starttlscensus.job;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.starttlscensus.dispatch.CallSource;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.politeness.RevisitSchedule;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SourceAddress;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.ProviderHistory;

/**
 * Our sources of a night, and how many calls each may make. A new source address has no reputation, so it makes fewer
 * calls on its first nights, and never more than twice what it was welcomed for. Addresses that are configured as {@code established} need no warm-up.
 */
public final class WarmUp {

    private WarmUp() {}

    public static List<CallSource> sources(Database database, CensusNight night, CensusSettings settings) {
        if (settings.sourceAddresses().isEmpty()) return CallSource.CHOSEN_BY_SYSTEM;
        var history = new ProviderHistory(database);
        return settings.sourceAddresses().stream()
                .map(source -> new CallSource(Optional.of(source.address()), most(source, history, night)))
                .toList();
    }

    private static OptionalInt most(SourceAddress source, ProviderHistory history, CensusNight night) {
        return source.established()
                ? OptionalInt.empty()
                : OptionalInt.of(RevisitSchedule.ofNewSource(history.mostWelcomed(source.address(), night)));
    }
}
