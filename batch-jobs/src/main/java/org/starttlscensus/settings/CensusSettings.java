package org.starttlscensus.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ProviderRules;

/**
 * All settings, checked. {@code toString} shows no passwords.
 *
 * @param lists           absolute paths, in the order given
 * @param sourceAddresses empty: the operating system chooses, and {@link SmtpSettings#ehloName} is our name
 * @param providers       which mail servers belong together
 * @param limits          at scale 1, including those of single providers; see {@link #tonightsLimits()}
 * @param lab             empty: the Internet, for those whom {@link SafetyGate} allows it
 * @param window          when calls may be made; see {@link #windowInForce()}
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
        Optional<LabSettings> lab,
        RetentionSettings retention,
        IdentitySettings identity,
        CallWindow window) {

    public CensusSettings {
        lists = List.copyOf(lists);
        sourceAddresses = List.copyOf(sourceAddresses);
    }

    /** Empty in a lab, where calls may be made at any time. */
    public Optional<CallWindow> windowInForce() {
        return lab.isPresent() ? Optional.empty() : Optional.of(window);
    }

    /** The limits that the dispatcher enforces; in the lab they are scaled. */
    public Limits tonightsLimits() {
        return lab.map(there -> limits.scaled(there.timeScale())).orElse(limits);
    }
}
