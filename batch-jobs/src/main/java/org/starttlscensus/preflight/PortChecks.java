package org.starttlscensus.preflight;

import static org.starttlscensus.preflight.PreflightCheck.OWN_PORT_25;
import static org.starttlscensus.preflight.PreflightCheck.PORT_25;
import static org.starttlscensus.preflight.PreflightFinding.fine;
import static org.starttlscensus.preflight.PreflightFinding.refuse;
import static org.starttlscensus.preflight.PreflightFinding.warn;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.dns.MailResolver;
import org.starttlscensus.fact.Address;
import org.starttlscensus.settings.Canary;
import org.starttlscensus.settings.SourceAddress;

/** Whether calls get out of this machine, asked of the operator's own mail servers; and whether it is one itself. */
final class PortChecks {

    /** Who is known to block outgoing port 25. Their rules change, and differ by account; their own pages count. */
    private static final String CLOUDS =
            "Google Cloud always; many others, such as Amazon EC2, Microsoft Azure, DigitalOcean, Hetzner Cloud, "
                    + "Akamai (Linode), Oracle Cloud, Scaleway and Vultr, at least for new accounts, and some of them "
                    + "open it on request";

    private final PortCall portCall;
    private final int port;

    PortChecks(PortCall portCall, int port) {
        this.portCall = portCall;
        this.port = port;
    }

    /** Each canary is called once from each source of its family, one source after the other. */
    List<PreflightFinding> outgoing(List<SourceAddress> sources, List<Canary> canaries, Optional<MailResolver> dns) {
        if (canaries.isEmpty())
            return List.of(refuse(
                    PORT_25,
                    "",
                    "census.canaries is not set, so nobody knows whether calls get out of this machine",
                    "set it to mail servers of your own, or whose operators agreed. Many networks block this port: "
                            + CLOUDS));
        var findings = new ArrayList<PreflightFinding>();
        for (var source : sources) findings.add(outgoing(source, canaries, dns));
        return findings;
    }

    /** One canary that answers is enough. */
    private PreflightFinding outgoing(SourceAddress source, List<Canary> canaries, Optional<MailResolver> dns) {
        var from = source.address().toString();
        var family = source.address().isIpv6() ? "IPv6" : "IPv4";
        var failures = new ArrayList<String>();
        for (var canary : canaries) {
            var target = target(canary, source.address().isIpv6(), dns);
            if (target.isEmpty()) continue;
            var failure = portCall.failure(
                    Optional.of(source.address()),
                    new InetSocketAddress(target.get().toInetAddress(), port));
            if (failure.isEmpty()) return fine(PORT_25, from, "%s (%s) answered".formatted(canary, target.get()));
            failures.add("%s (%s): %s".formatted(canary, target.get(), failure.get()));
        }
        if (failures.isEmpty())
            return source.address().isIpv6()
                    ? warn(
                            PORT_25,
                            from,
                            "no canary has an IPv6 address that could be looked up, so nobody knows whether calls over "
                                    + "IPv6 get out",
                            "add a mail server with IPv6 to census.canaries")
                    : refuse(
                            PORT_25,
                            from,
                            "no canary has an IPv4 address that could be looked up",
                            "correct census.canaries, or the DNS of these names");
        return refuse(
                PORT_25,
                from,
                "no call over %s gets out: %s".formatted(family, String.join("; ", failures)),
                "see whether the canary is up and lets you in; whether this machine's firewall drops the port (nft "
                        + "list ruleset); then ask your provider: "
                        + CLOUDS
                        + (source.address().isIpv6()
                                ? ". Without IPv6 take this address out of census.source-addresses; such addresses of "
                                        + "mail servers then get not_attempted_no_ipv6"
                                : ""));
    }

    private static Optional<Address> target(Canary canary, boolean ipv6, Optional<MailResolver> dns) {
        var addresses = switch (canary) {
            case Canary.AddressedCanary(var address) -> List.of(address);
            case Canary.NamedCanary(var host) ->
                dns.map(resolver -> resolver.addresses(host).addresses()).orElse(List.of());
        };
        return addresses.stream().filter(address -> address.isIpv6() == ipv6).findFirst();
    }

    /** Asked from this machine itself, so a firewall in front of it stays unseen. */
    PreflightFinding own(SourceAddress source) {
        var about = source.address().toString();
        return portCall.failure(
                        Optional.empty(), new InetSocketAddress(source.address().toInetAddress(), port))
                .map(failure -> warn(
                        OWN_PORT_25,
                        about,
                        "no mail server answers there (%s)".formatted(failure),
                        "let a mail server answer that accepts mail for postmaster and abuse; whoever is called then "
                                + "finds somebody to write to"))
                .orElseGet(() -> fine(OWN_PORT_25, about, "a mail server answers there"));
    }
}
