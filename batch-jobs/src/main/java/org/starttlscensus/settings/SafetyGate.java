package org.starttlscensus.settings;

import java.util.ArrayList;
import java.util.List;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.names.Network;

/**
 * Who may call, and whom. Every command that calls must pass it first. The gate that it gives then checks each address
 * right before the call.
 *
 * <p>A lab calls its own networks on this machine, and nothing else. Elsewhere only those may call who say who they
 * are: with a name for each address that they call from, a contact, and a page. What can be checked only by asking others,
 * such as the reverse DNS of these addresses, is the preflight's.
 */
public final class SafetyGate {

    static final int MAIL_PORT = 25;

    private final LoopbackRoutes routes;

    SafetyGate(LoopbackRoutes routes) {
        this.routes = routes;
    }

    /**
     * Whom a command may call.
     *
     * @throws SettingException if nobody, because of these settings; it says what is missing
     */
    public static AddressGate calling(CensusSettings settings) {
        return new SafetyGate(LoopbackRoutes.ofThisMachine()).callable(settings);
    }

    /**
     * Whom a night could call, for a command that only looks up and plans. That needs no name of ours.
     *
     * @throws SettingException if names cannot be looked up
     */
    public static AddressGate planning(CensusSettings settings) {
        return new SafetyGate(LoopbackRoutes.ofThisMachine()).plannable(settings);
    }

    AddressGate callable(CensusSettings settings) {
        if (settings.lab().isEmpty()) requireNothingMissing(missingToCall(settings), "calls mail servers");
        return gate(settings);
    }

    AddressGate plannable(CensusSettings settings) {
        if (settings.lab().isEmpty()) requireNothingMissing(missingToPlan(settings), "looks up mail servers");
        return gate(settings);
    }

    private AddressGate gate(CensusSettings settings) {
        var lab = settings.lab();
        if (lab.isPresent()) {
            requireLoopback(lab.get().networks(), settings.dns(), "this command calls mail servers");
            return AddressGate.only(lab.get().networks());
        }
        return publicInternet()
                .without(
                        settings.dns().resolvers().stream()
                                .map(ResolverAddress::address)
                                .toList(),
                        "the resolver of the census itself")
                .without(
                        settings.sourceAddresses().stream()
                                .map(SourceAddress::address)
                                .toList(),
                        "an address that the census itself calls from");
    }

    /** For what is called by other protocols than SMTP, too. */
    public static AddressGate publicInternet() {
        try {
            return AddressGate.publicInternet();
        } catch (IllegalArgumentException notForTests) {
            throw new SettingException(notForTests.getMessage() + ". No server was called.", notForTests);
        }
    }

    private static List<String> missingToCall(CensusSettings settings) {
        var missing = new ArrayList<String>();
        if (settings.sourceAddresses().isEmpty()) missing.add(unset(SettingKeys.SOURCE_ADDRESSES));
        if (settings.identity().contact().isEmpty()) missing.add(unset(SettingKeys.IDENTITY_CONTACT));
        if (settings.identity().page().isEmpty()) missing.add(unset(SettingKeys.IDENTITY_PAGE));
        missing.addAll(missingToPlan(settings));
        if (settings.smtp().port() != MAIL_PORT) {
            missing.add("%s is %d; outside a lab only port %d is called"
                    .formatted(SettingKeys.SMTP_PORT, settings.smtp().port(), MAIL_PORT));
        }
        return missing;
    }

    private static List<String> missingToPlan(CensusSettings settings) {
        return settings.dns().resolvers().isEmpty() ? List.of(unset(SettingKeys.DNS_RESOLVERS)) : List.of();
    }

    private static String unset(SettingKey key) {
        return "%s is not set. %s Allowed is %s".formatted(key, key.meaning(), key.allowed());
    }

    private static void requireNothingMissing(List<String> missing, String does) {
        if (missing.isEmpty()) return;
        throw new SettingException("""
                this command %s: refused by the safety gate, because
                  %s.
                No server was called. How to get there, step by step: README.md, "Your first night". For a try on this \
                machine alone: census demo.""".formatted(does, String.join(".\n  ", missing)));
    }

    /** @param what the action or setting that is allowed in a lab only, for the message */
    void requireLoopback(List<Network> networks, DnsSettings dns, String what) {
        if (networks.isEmpty()) throw closed(what, SettingKeys.LAB_NETWORKS + " is not set");
        for (var network : networks) {
            if (!routes.contain(network))
                throw closed(
                        what, "traffic to %s, in %s, leaves this machine".formatted(network, SettingKeys.LAB_NETWORKS));
        }
        if (dns.resolvers().isEmpty()) throw closed(what, SettingKeys.DNS_RESOLVERS + " is not set");
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
                In a lab everything is on this machine: %s (%s), with %s on loopback. `census lab` prints such \
                settings, and `census demo` needs none.""".formatted(
                what, seen, SettingKeys.LAB_NETWORKS, SettingKeys.LAB_NETWORKS.allowed(), SettingKeys.DNS_RESOLVERS));
    }
}
