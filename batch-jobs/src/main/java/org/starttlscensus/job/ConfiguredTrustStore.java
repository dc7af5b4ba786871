package org.starttlscensus.job;

import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.TlsSettings.TrustStoreSetting;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.Nights;
import org.starttlscensus.verdict.TrustStore;

/**
 * The trust store that judges the chains of a night: the one that the settings name, or else the newer of two, the one
 * that the operator chose in this database and the Mozilla roots shipped with the program. A choice dated later than
 * the night does not count yet; the one before it does.
 */
public final class ConfiguredTrustStore {

    private ConfiguredTrustStore() {}

    public static TrustStore of(CensusSettings settings, Database database, CensusNight night) {
        return settings.tls()
                .trustStoreSetting()
                .map(ConfiguredTrustStore::read)
                .orElseGet(() -> newer(
                        TrustStore.mozilla(),
                        ChainVerdictCaches.chosen(
                                database, name -> !dateIn(name).isAfter(night.date()))));
    }

    /**
     * The one that judges a night. A night that is under way keeps the one it was opened with, if its roots are known
     * and the settings do not say otherwise.
     */
    static TrustStore ofNight(CensusNight night, CensusSettings settings, Database database) {
        var wanted = of(settings, database, night);
        if (settings.tls().trustStoreSetting().isPresent()) return wanted;
        return new Nights(database)
                .find(night)
                .filter(row -> row.completedAt().isEmpty())
                .map(NightRow::trustStore)
                .filter(name -> !name.equals(wanted.name()))
                .flatMap(name -> ChainVerdictCaches.stored(database, name))
                .orElse(wanted);
    }

    /** The trust store of a name, if the settings, this database or the program has it. */
    public static Optional<TrustStore> named(String name, CensusSettings settings, Database database) {
        return Stream.concat(
                        settings.tls().trustStoreSetting().map(ConfiguredTrustStore::read).stream(),
                        Stream.of(TrustStore.mozilla()))
                .filter(store -> store.name().equals(name))
                .findFirst()
                .or(() -> ChainVerdictCaches.stored(database, name));
    }

    private static TrustStore newer(TrustStore shipped, Optional<TrustStore> chosen) {
        return chosen.filter(one -> !dateIn(one.name()).isBefore(dateIn(shipped.name())))
                .orElse(shipped);
    }

    /** One without a date counts as old. */
    private static LocalDate dateIn(String name) {
        return TrustStore.dateIn(name).orElse(LocalDate.MIN);
    }

    private static TrustStore read(TrustStoreSetting named) {
        return TrustStore.read(named.name(), named.file());
    }
}
