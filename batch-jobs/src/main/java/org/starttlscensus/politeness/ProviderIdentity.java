package org.starttlscensus.politeness;

import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Provider;
import org.starttlscensus.names.PublicSuffixes;

/**
 * The provider of an MX host, as far as names tell. The sources are, in this order: the providers' file, the target of
 * a CNAME, and the registrable domain. The registrable domain uses only the ICANN section of the public suffix list;
 * with its private section every customer of a cloud would be a provider.
 *
 * <p>A host named after its only customer does not show who operates it. That is visible only over the whole plan of a
 * night, and is decided there by the neighbouring hosts ({@code sql/statements/plan}). In that case this identity is
 * not used.
 *
 * @param named       empty if the name shows no provider
 * @param registrable of the host itself
 */
public record ProviderIdentity(Optional<Provider> named, Optional<String> registrable) {

    /** @param aliases CNAME targets in the order in which they were followed */
    public static ProviderIdentity of(Hostname mxHost, List<Hostname> aliases, ProviderRules rules) {
        var own = PublicSuffixes.registrable(mxHost);
        var named = listed(mxHost, Provider.Source.OVERRIDE, rules)
                .or(() -> target(own, aliases).flatMap(target -> aliased(target, rules)))
                .or(() -> own.map(domain -> new Provider(domain, Provider.Source.PSL)));
        return new ProviderIdentity(named, own);
    }

    /** The last CNAME target, if it is outside the host's own domain. */
    private static Optional<Hostname> target(Optional<String> own, List<Hostname> aliases) {
        return aliases.isEmpty()
                ? Optional.empty()
                : Optional.of(aliases.getLast())
                        .filter(target -> !PublicSuffixes.registrable(target).equals(own));
    }

    private static Optional<Provider> aliased(Hostname target, ProviderRules rules) {
        return listed(target, Provider.Source.CNAME, rules)
                .or(() -> PublicSuffixes.registrable(target)
                        .map(provider -> new Provider(provider, Provider.Source.CNAME)));
    }

    /** By the providers' file. A host in a pool is known as that, also if an alias led to it. */
    private static Optional<Provider> listed(Hostname host, Provider.Source source, ProviderRules rules) {
        return rules.providerOf(host)
                .map(provider -> new Provider(provider, rules.isInPool(host) ? Provider.Source.POOL : source));
    }
}
