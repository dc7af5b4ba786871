package org.starttlscensus.settings;

import java.util.List;
import org.starttlscensus.names.Network;

/**
 * Allows calls only to the lab on loopback, until identity page, opt-out, preflight and the full feedback exist and
 * pass their invariants. Every command that makes calls must pass it first; {@link LabSettings#contains} then checks
 * each address.
 */
public final class SafetyGate {

    private final LoopbackRoutes routes;

    SafetyGate(LoopbackRoutes routes) {
        this.routes = routes;
    }

    /**
     * The lab that may be called.
     *
     * @throws SettingException if there is none; it says what is missing
     */
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

    /** @param what the action or setting that is allowed in the lab only, for the message */
    void requireLoopback(List<Network> networks, DnsSettings dns, String what) {
        if (networks.isEmpty()) throw closed(what, SettingKeys.LAB_NETWORKS + " is not set");
        for (var network : networks) {
            if (!routes.contain(network))
                throw closed(
                        what, "traffic to %s, in %s, leaves this machine".formatted(network, SettingKeys.LAB_NETWORKS));
        }
        if (dns.resolvers().isEmpty()) {
            throw closed(what, SettingKeys.DNS_RESOLVERS + " is not set, and the system's resolvers may be elsewhere");
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
                This version calls no server outside a lab on loopback, because it has no identity page, opt-out and \
                preflight yet. Allowed is %s (%s) with %s on loopback.
                `census demo` runs a whole night without any of these settings.""".formatted(
                what, seen, SettingKeys.LAB_NETWORKS, SettingKeys.LAB_NETWORKS.allowed(), SettingKeys.DNS_RESOLVERS));
    }
}
