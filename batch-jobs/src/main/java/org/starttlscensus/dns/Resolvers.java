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
 * Asks the configured resolvers one question, blocking, until there is an answer or the tries are used up.
 *
 * <p>A resolver that was silent may be asked again; one that said it cannot answer is not. The one that answered last is
 * asked first, so a dead one costs a time-out now and then, not always.
 *
 * <p>Thread-safe. dnsjava's default cache, hosts file and system configuration are not touched: they belong to its
 * {@code Lookup}, which is not used.
 */
final class Resolvers {

    /**
     * What fits IPv6's smallest packet of 1,280 octets behind its header and UDP's, so nothing is fragmented.
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
        // A truncated answer comes to us, so the question is counted, and asked over TCP, here.
        resolver.setIgnoreTruncation(true);
        resolver.setIoClientFactory(sockets);
        return resolver;
    }

    Answer ask(DnsQuery dnsQuery) {
        var first = preferred;
        var unable = new BitSet();
        var worst = Answer.TIMEOUT;
        for (int attempt = 0; attempt < (dnsQuery.thorough() ? tries : 1); attempt++) {
            var index = (first + attempt) % resolvers.size();
            if (unable.get(index)) continue;
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
                    unable.set(index);
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
     * Whether a validating resolver says SERVFAIL because it does not believe what it got: it says so itself, or it has
     * an answer as soon as it need not check.
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
            if (closed) throw new IllegalStateException("a DNS question after the resolver was closed");
            sent.increment();
            return resolver.sendAsync(query, Runnable::run)
                    .toCompletableFuture()
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        } catch (ExecutionException e) {
            // A blocking socket answers an interrupt with an IOException: ours, not the resolver's silence.
            if (Thread.currentThread().isInterrupted()) throw interrupted();
            if (e.getCause() instanceof IOException failed) throw failed;
            throw new WireParseException("a response that dnsjava cannot read", e.getCause());
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
