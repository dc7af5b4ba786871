package org.starttlscensus.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.WireParseException;

/**
 * Sends one query to the configured resolvers and blocks until there is an answer or no try is left.
 *
 * <p>A resolver that did not respond may be queried again; one that responded with a failure is not. The resolver that
 * answered last is queried first, so an unreachable resolver causes few time-outs.
 *
 * <p>Thread-safe. dnsjava's default cache, hosts file and system configuration are not used, because only its {@code
 * Lookup} uses them.
 */
final class Resolvers {

    /**
     * The payload that fits in IPv6's minimum packet of 1,280 octets after the IPv6 and UDP headers, so nothing is
     * fragmented.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8200#section-5">RFC 8200, section 5: packet size issues</a>
     */
    static final int UDP_OCTETS = 1_232;

    private record Resolver(SimpleResolver udp, SimpleResolver tcp) {}

    private final List<Resolver> resolvers;
    private final int tries;
    private final Semaphore inFlight;
    private final LongAdder sent = new LongAdder();
    private volatile int preferred;
    private volatile boolean closed;

    Resolvers(ResolverSettings settings) {
        var sockets = new BlockingSockets();
        resolvers = settings.resolvers().stream()
                .map(address ->
                        new Resolver(open(address, settings, sockets, false), open(address, settings, sockets, true)))
                .toList();
        tries = Math.max(settings.tries(), resolvers.size());
        inFlight = new Semaphore(settings.inFlight(), true);
    }

    private static SimpleResolver open(
            InetSocketAddress address, ResolverSettings settings, BlockingSockets sockets, boolean tcp) {
        var resolver = new SimpleResolver(address);
        resolver.setTimeout(settings.timeout());
        resolver.setEDNS(0, UDP_OCTETS, 0, List.of());
        resolver.setTCP(tcp);
        // We handle truncated answers here, so that the query over TCP is counted.
        resolver.setIgnoreTruncation(true);
        resolver.setIoClientFactory(sockets);
        return resolver;
    }

    Answer ask(DnsQuery dnsQuery) {
        var first = preferred;
        var failed = new BitSet();
        var worst = Answer.TIMEOUT;
        for (int attempt = 0; attempt < (dnsQuery.thorough() ? tries : 1); attempt++) {
            var index = (first + attempt) % resolvers.size();
            if (failed.get(index)) continue;
            var answer = ask(resolvers.get(index), dnsQuery);
            switch (answer.kind()) {
                case RECORDS, NODATA, NXDOMAIN -> {
                    preferred = index;
                    return answer;
                }
                case BOGUS -> {
                    return answer;
                }
                case SERVFAIL -> {
                    failed.set(index);
                    worst = answer;
                }
                case TIMEOUT -> {}
            }
        }
        return worst;
    }

    private Answer ask(Resolver resolver, DnsQuery dnsQuery) {
        try {
            var query = dnsQuery.toMessage();
            var overTcp = dnsQuery.overTcp();
            var response = exchange(overTcp ? resolver.tcp : resolver.udp, query);
            if (!overTcp && response.getHeader().getFlag(Flags.TC)) {
                overTcp = true;
                response = exchange(resolver.tcp, query);
            }
            if (response.getRcode() == Rcode.SERVFAIL && isBogus(resolver, dnsQuery, response)) return Answer.BOGUS;
            return AnswerReader.read(dnsQuery, response, overTcp);
        } catch (WireParseException malformed) {
            return Answer.SERVFAIL;
        } catch (IOException noAnswer) {
            return Answer.TIMEOUT;
        }
    }

    /**
     * Whether a validating resolver returned SERVFAIL because DNSSEC validation failed. Either its response says so, or
     * the same query without validation has an answer.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc4035#section-3.2.2">RFC 4035, section 3.2.2: the CD bit</a>
     */
    private boolean isBogus(Resolver resolver, DnsQuery dnsQuery, Message servfail) {
        if (DnssecErrors.in(servfail)) return true;
        if (!dnsQuery.thorough()) return false;
        var unchecked = dnsQuery.toMessage();
        unchecked.getHeader().setFlag(Flags.CD);
        try {
            var response = exchange(dnsQuery.overTcp() ? resolver.tcp : resolver.udp, unchecked);
            return response.getRcode() == Rcode.NOERROR || response.getRcode() == Rcode.NXDOMAIN;
        } catch (IOException noAnswer) {
            return false;
        }
    }

    private Message exchange(SimpleResolver resolver, Message query) throws IOException {
        try {
            inFlight.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
        try {
            if (closed) throw new IllegalStateException("DNS query after the resolver was closed");
            sent.increment();
            return resolver.sendAsync(query, Runnable::run)
                    .toCompletableFuture()
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        } catch (ExecutionException e) {
            // A blocking socket throws an IOException when we interrupt it; that is not a failure of the resolver.
            if (Thread.currentThread().isInterrupted()) throw interrupted();
            if (e.getCause() instanceof IOException failed) throw failed;
            throw new WireParseException("dnsjava cannot read the response", e.getCause());
        } finally {
            inFlight.release();
        }
    }

    private static CancellationException interrupted() {
        return new CancellationException("interrupted while waiting for a DNS answer");
    }

    long sent() {
        return sent.sum();
    }

    void close() {
        closed = true;
    }
}
