package org.starttlscensus.job;

import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.verdict.TrustStore;

/**
 * The trust store that judges a night's chains: the configured one, or else the Mozilla roots shipped with the program.
 */
public final class ConfiguredTrustStore {

    private ConfiguredTrustStore() {}

    public static TrustStore of(CensusSettings settings) {
        return settings.tls()
                .trustStoreSetting()
                .map(named -> TrustStore.read(named.name(), named.file()))
                .orElseGet(TrustStore::mozilla);
    }
}
