package org.starttlscensus.politeness;

import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Provider;
import org.starttlscensus.names.PublicSuffixes;

/**
 * Who would notice us: all hosts under one registrable name share one budget, however many domains and addresses they
 * serve. By the ICANN section of the public suffix list only, else every customer of a cloud would be a provider.
 */
public final class ProviderIdentity {

    private ProviderIdentity() {}

    /** Depends on the endpoint alone, so it cannot change while a night runs. */
    public static Provider of(Hostname mxHost, Address address) {
        return PublicSuffixes.registrable(mxHost)
                .map(domain -> new Provider(domain, Provider.Source.PSL))
                .orElseGet(() -> new Provider("net:" + address.prefix(), Provider.Source.NET));
    }
}
