package org.starttlscensus.settings;

import java.util.List;
import org.starttlscensus.names.Network;

/**
 * Until identity, opt-out, preflight and the full feedback exist and pass their invariants, the census calls nobody
 * but the lab on loopback. Every command that calls asks here first, and then {@link LabSettings#contains} for each
 * address.
 */
public final class SafetyGate {

    private final LoopbackRoutes routes;

    SafetyGate(LoopbackRoutes routes) {
        this.routes = routes;
    }

    /** The lab that may be called; a {@link SettingException} says what is missing. */
    public static LabSettings requireLab(CensusSettings settings) {
        return new SafetyGate(LoopbackRoutes.ofThisMachine()).lab(settings);
    }

    LabSettings lab(CensusSettings settings) {
        requireLoopback(
                settings.lab().map(LabSettings::networks).orElse(List.of()),
                settings.dns(),
                "this command calls mail servers");
        return settings.lab().orElseThrow();
    }

    /** @param what would be done, or was set, that only the lab may see */
    void requireLoopback(List<Network> networks, DnsSettings dns, String what) {
        if (networks.isEmpty()) throw closed(what, SettingKeys.LAB_NETWORKS + " is not set");
        for (var network : networks) {
            if (!routes.contain(network))
                throw closed(what, "%s has %s, which leaves this machine".formatted(SettingKeys.LAB_NETWORKS, network));
        }
        if (dns.resolvers().isEmpty()) {
            throw closed(what, SettingKeys.DNS_RESOLVERS + " is not set, and the system's resolvers may be anywhere");
        }
        for (var resolver : dns.resolvers()) {
            if (!routes.contain(Network.of(resolver.address().toString()))) {
                throw closed(
                        what, "%s has %s, which is not on this machine".formatted(SettingKeys.DNS_RESOLVERS, resolver));
            }
        }
    }

    private static SettingException closed(String what, String seen) {
        return new SettingException("""
                %s: refused by the safety gate, because %s.
                This version calls no server outside a lab on loopback: it has no identity page, opt-out and preflight yet, \
                without which a census is a nuisance. Allowed is %s (%s) with %s on loopback.
                `census demo` shows a whole night without any of this.""".formatted(
                what, seen, SettingKeys.LAB_NETWORKS, SettingKeys.LAB_NETWORKS.allowed(), SettingKeys.DNS_RESOLVERS));
    }
}
