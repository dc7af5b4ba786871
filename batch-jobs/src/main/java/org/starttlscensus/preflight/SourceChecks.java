package org.starttlscensus.preflight;

import static org.starttlscensus.preflight.PreflightCheck.IPV6;
import static org.starttlscensus.preflight.PreflightCheck.SOURCE;
import static org.starttlscensus.preflight.PreflightCheck.SOURCE_NAME;
import static org.starttlscensus.preflight.PreflightFinding.fine;
import static org.starttlscensus.preflight.PreflightFinding.refuse;
import static org.starttlscensus.preflight.PreflightFinding.warn;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.starttlscensus.dns.LookedUp;
import org.starttlscensus.dns.MailResolver;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.identity.GenericName;
import org.starttlscensus.settings.SourceAddress;

/** Whether each source address is this machine's, and its name is the same in EHLO, in the DNS, and backwards. */
final class SourceChecks {

    private SourceChecks() {}

    static Optional<PreflightFinding> families(List<SourceAddress> sources) {
        if (sources.isEmpty())
            return Optional.of(refuse(
                    SOURCE,
                    "",
                    "census.source-addresses is not set",
                    "set it to ADDRESS=NAME: the address that calls come from, and its name in the DNS"));
        if (sources.stream().noneMatch(source -> !source.address().isIpv6()))
            return Optional.of(warn(
                    SOURCE,
                    "",
                    "no source address is IPv4; most mail servers have nothing else, and are not called",
                    "add an IPv4 address to census.source-addresses"));
        if (sources.stream().noneMatch(source -> source.address().isIpv6()))
            return Optional.of(warn(
                    IPV6,
                    "",
                    "no source address is IPv6; addresses of mail servers that are IPv6 get not_attempted_no_ipv6",
                    "add an IPv6 address with a name to census.source-addresses, if this machine has one"));
        return Optional.empty();
    }

    /** Takes a free port of the address for a moment; sends nothing. */
    static PreflightFinding present(SourceAddress source) {
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress(source.address().toInetAddress(), 0));
            return fine(SOURCE, source.address().toString(), "this machine has it");
        } catch (IOException notHere) {
            return refuse(
                    SOURCE,
                    source.address().toString(),
                    "this machine does not have it (%s)".formatted(notHere.getMessage()),
                    source.address().isIpv6()
                            ? "set it up (ip -6 address show), or take it out of census.source-addresses; without "
                                    + "IPv6 such addresses of mail servers get not_attempted_no_ipv6"
                            : "set it up (ip address show), or correct census.source-addresses; behind NAT no mail "
                                    + "server sees this address");
        }
    }

    static PreflightFinding name(SourceAddress source, MailResolver dns) {
        var address = source.address();
        return switch (dns.names(address)) {
            case LookedUp.Unanswered<Hostname>(var why) ->
                refuse(
                        SOURCE_NAME,
                        address.toString(),
                        "its PTR record could not be asked for (%s)".formatted(why),
                        "try again; if that stays, ask whoever gave you the address");
            case LookedUp.Denied<Hostname> _ ->
                refuse(
                        SOURCE_NAME,
                        address.toString(),
                        "it has no PTR record",
                        "have its PTR record set to %s by whoever gave you the address (in the console of a cloud: "
                                        .formatted(source.ehloName())
                                + "reverse DNS)");
            case LookedUp.Present<Hostname>(var names) -> names(source, names, dns);
        };
    }

    private static PreflightFinding names(SourceAddress source, List<Hostname> names, MailResolver dns) {
        var address = source.address();
        var own = source.ehloName();
        if (!names.contains(own))
            return refuse(
                    SOURCE_NAME,
                    address.toString(),
                    "its PTR record names %s, and census.source-addresses says %s".formatted(joined(names), own),
                    "set both to the same name");
        var generic = GenericName.why(own, address);
        if (generic.isPresent())
            return refuse(
                    SOURCE_NAME,
                    address.toString(),
                    "its name %s looks like one that a provider gives to any address, because %s"
                            .formatted(own, generic.get()),
                    "choose a name of your own, such as census.example.org, for its PTR record, for that name's A "
                            + "or AAAA record, and in census.source-addresses");
        var back = dns.addresses(own);
        return switch (back.status()) {
            case FOUND -> forward(source, names, back);
            case NO_ADDRESS, NXDOMAIN ->
                refuse(
                        SOURCE_NAME,
                        address.toString(),
                        "its name %s has no address in the DNS".formatted(own),
                        "publish an %s record of %s with %s".formatted(type(address), own, address));
            case SERVFAIL, MALFORMED, TIMEOUT, BOGUS ->
                refuse(
                        SOURCE_NAME,
                        address.toString(),
                        "the addresses of its name %s could not be asked for (%s)".formatted(own, back.status()),
                        "try again; if that stays, look at the name servers of that zone");
        };
    }

    private static PreflightFinding forward(SourceAddress source, List<Hostname> names, HostAddresses back) {
        var address = source.address();
        var own = source.ehloName();
        if (!back.addresses().contains(address))
            return refuse(
                    SOURCE_NAME,
                    address.toString(),
                    "its name %s leads to %s, and not back to it".formatted(own, joined(back.addresses())),
                    "publish an %s record of %s with %s".formatted(type(address), own, address));
        return names.size() == 1
                ? fine(SOURCE_NAME, address.toString(), "%s in both directions".formatted(own))
                : warn(
                        SOURCE_NAME,
                        address.toString(),
                        "it has several names: %s".formatted(joined(names)),
                        "keep one PTR record; else probing.txt must be served under each of these names");
    }

    private static String type(Address address) {
        return address.isIpv6() ? "AAAA" : "A";
    }

    private static String joined(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
