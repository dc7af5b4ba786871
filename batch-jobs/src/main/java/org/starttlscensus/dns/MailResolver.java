package org.starttlscensus.dns;

import java.util.List;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.MailExchange;
import org.starttlscensus.fact.MailRoute;
import org.starttlscensus.fact.Route;
import org.xbill.DNS.Type;

/**
 * Finds where a domain's mail goes. Blocking, thread-safe, intended for many virtual threads at once.
 *
 * <p>A remote failure is a route of its own kind, never "no MX", and never an exception. Each host is looked up once,
 * until {@link #forgetFailures}. MX records are not cached, so look up each domain only once. A domain takes at most
 * 1 + 10 x 2 queries if all succeed, and by default 1 + 10 x 4 if every host fails.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-5.1">RFC 5321, section 5.1: locating the target host</a>
 */
public final class MailResolver implements AutoCloseable {

    private final Resolvers resolvers;
    private final HostCache hosts;

    public MailResolver(ResolverSettings settings) {
        resolvers = new Resolvers(settings);
        hosts = new HostCache(new HostLookup(resolvers)::lookUp);
    }

    /**
     * Waits for the route. Follows a CNAME at the domain; if its target does not exist, the domain counts as not
     * existing.
     *
     * @throws java.util.concurrent.CancellationException if this thread is interrupted; nothing is cached then
     */
    public MailRoute route(MailDomain domain) {
        var answer = resolvers.ask(DnsQuery.of(domain.ascii(), Type.MX));
        return switch (answer.kind()) {
            case RECORDS -> explicit(domain, MxRecords.of(answer.records()));
            case NODATA -> implicit(domain);
            case NXDOMAIN -> MailRoute.without(domain, Route.NXDOMAIN);
            case SERVFAIL -> MailRoute.without(domain, Route.DNS_SERVFAIL);
            case MALFORMED -> MailRoute.without(domain, Route.DNS_MALFORMED);
            case TIMEOUT -> MailRoute.without(domain, Route.DNS_TIMEOUT);
            case BOGUS -> MailRoute.without(domain, Route.DNS_BOGUS);
        };
    }

    /**
     * Waits for the addresses of one host.
     *
     * @throws java.util.concurrent.CancellationException as {@link #route}
     */
    public HostAddresses addresses(Hostname host) {
        return hosts.get(host);
    }

    /**
     * Waits for the TXT records of one name; not cached.
     *
     * @throws java.util.concurrent.CancellationException as {@link #route}
     */
    public LookedUp<String> texts(Hostname name) {
        return new TextLookup(resolvers).lookUp(name);
    }

    /**
     * Waits for the names of one address; not cached.
     *
     * @throws java.util.concurrent.CancellationException as {@link #route}
     */
    public LookedUp<Hostname> names(Address address) {
        return new ReverseLookup(resolvers).lookUp(address);
    }

    /** Lets hosts whose look-up failed be looked up again. Those that were found stay known. */
    public void forgetFailures() {
        hosts.forgetFailures();
    }

    /** The number of queries sent so far, including retries and queries over TCP. */
    public long queries() {
        return resolvers.sent();
    }

    /** Refuses later queries. Queries in flight end by their own time-outs. */
    @Override
    public void close() {
        resolvers.close();
    }

    private MailRoute explicit(MailDomain domain, MxRecords records) {
        if (records.nullMx()) return MailRoute.without(domain, Route.NULL_MX);
        var usable = records.usable();
        if (usable.isEmpty()) return MailRoute.without(domain, Route.MX_INVALID);

        var exchanges = usable.subList(0, Math.min(usable.size(), MailRoute.MOST_EXCHANGES));
        var answers = exchanges.stream().map(MailExchange::host).map(hosts::get).toList();
        var reachable = answers.stream().anyMatch(host -> host.status() == HostAddresses.Status.FOUND);
        if (reachable) return new MailRoute(domain, Route.MX, exchanges, usable.size(), answers);
        // A host whose look-up failed may have an address, so the set is not known to be unresolvable.
        return answers.stream()
                .map(HostAddresses::status)
                .filter(HostAddresses.Status::isFailure)
                .findFirst()
                .map(status -> MailRoute.without(domain, failure(status)))
                .orElseGet(() -> new MailRoute(domain, Route.MX_UNRESOLVABLE, exchanges, usable.size(), answers));
    }

    private MailRoute implicit(MailDomain domain) {
        var host = hosts.get(domain.asHost());
        return switch (host.status()) {
            case FOUND ->
                new MailRoute(domain, Route.IMPLICIT_MX, List.of(new MailExchange(0, host.host())), 1, List.of(host));
            // The MX query has shown that the name exists, so NXDOMAIN for its addresses is a server's mistake.
            case NO_ADDRESS, NXDOMAIN -> MailRoute.without(domain, Route.NO_MAIL);
            case SERVFAIL, MALFORMED, TIMEOUT, BOGUS -> MailRoute.without(domain, failure(host.status()));
        };
    }

    private static Route failure(HostAddresses.Status status) {
        return switch (status) {
            case SERVFAIL -> Route.DNS_SERVFAIL;
            case MALFORMED -> Route.DNS_MALFORMED;
            case TIMEOUT -> Route.DNS_TIMEOUT;
            case BOGUS -> Route.DNS_BOGUS;
            case FOUND, NO_ADDRESS, NXDOMAIN -> throw new IllegalArgumentException(status + " is no failure");
        };
    }
}
