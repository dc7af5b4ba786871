package org.starttlscensus.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ProviderRules;

/**
 * Everything an operator may decide, checked. May be printed: passwords do not show.
 *
 * @param lists           absolute, in the order given
 * @param sourceAddresses empty: the system chooses, and {@link SmtpSettings#ehloName} is our name
 * @param providers       which mail servers belong together
 * @param limits          at scale 1, those of single providers included; see {@link #tonightsLimits()}
 * @param lab             empty: the Internet, which {@link SafetyGate} does not yet let anyone call
 */
public record CensusSettings(
        DatabaseSettings database,
        List<Path> lists,
        List<SourceAddress> sourceAddresses,
        SmtpSettings smtp,
        DnsSettings dns,
        TlsSettings tls,
        ProviderRules providers,
        Limits limits,
        Optional<LabSettings> lab) {

    public CensusSettings {
        lists = List.copyOf(lists);
        sourceAddresses = List.copyOf(sourceAddresses);
    }

    /** The limits as the dispatcher keeps them: scaled in the lab. */
    public Limits tonightsLimits() {
        return lab.map(there -> limits.scaled(there.timeScale())).orElse(limits);
    }
}
