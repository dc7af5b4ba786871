package org.starttlscensus.job;

import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.verdict.TrustStore;

/** The trust store by which a night's chains are judged: the one that the settings name, or else the program's own. */
public final class ConfiguredTrustStore {

    private ConfiguredTrustStore() {}

    public static TrustStore of(CensusSettings settings) {
        return settings.tls()
                .trustStoreSetting()
                .map(named -> TrustStore.read(named.name(), named.file()))
                .orElseGet(TrustStore::mozilla);
    }
}
