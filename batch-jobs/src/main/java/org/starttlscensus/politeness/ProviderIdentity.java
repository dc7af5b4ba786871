package org.starttlscensus.politeness;

import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Provider;
import org.starttlscensus.names.PublicSuffixes;

/**
 * Who would notice us, as far as names tell: the providers' file, what an alias points to, the registrable domain, by the ICANN
 * section of the public suffix list only, else every customer of a cloud would be a provider.
 *
 * <p>A host that bears the name of the only customer it serves tells nothing of who runs it. That is seen over the whole plan
 * of a night, and decided there by its neighbours ({@code sql/statements/plan}); what this says of the host then does not count.
 *
 * @param named       empty where the name tells nothing at all
 * @param registrable of the host itself
 */
public record ProviderIdentity(Optional<Provider> named, Optional<String> registrable) {

    /** @param aliases CNAME targets in the order they were followed */
    public static ProviderIdentity of(Hostname mxHost, List<Hostname> aliases, ProviderRules rules) {
        var own = PublicSuffixes.registrable(mxHost);
        var named = rules.providerOf(mxHost)
                .map(provider -> new Provider(provider, Provider.Source.OVERRIDE))
                .or(() -> target(own, aliases).flatMap(target -> aliased(target, rules)))
                .or(() -> own.map(domain -> new Provider(domain, Provider.Source.PSL)));
        return new ProviderIdentity(named, own);
    }

    /** Where the alias leads, if that is out of the host's own domain. */
    private static Optional<Hostname> target(Optional<String> own, List<Hostname> aliases) {
        return aliases.isEmpty()
                ? Optional.empty()
                : Optional.of(aliases.getLast())
                        .filter(target -> !PublicSuffixes.registrable(target).equals(own));
    }

    private static Optional<Provider> aliased(Hostname target, ProviderRules rules) {
        return rules.providerOf(target)
                .or(() -> PublicSuffixes.registrable(target))
                .map(provider -> new Provider(provider, Provider.Source.CNAME));
    }
}
