package org.starttlscensus.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.WireParseException;

/**
 * Sends one query to the configured resolvers and blocks until there is an answer or no try is left.
 *
 * <p>A resolver that did not respond may be queried again; one that responded with a failure is not, except after a
 * SERVFAIL without a reason, which may have passed. The resolver that answered last is queried first, so an unreachable
 * resolver causes few time-outs.
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

    /** A response, and whether it came over TCP because it was too large for UDP. */
    private record Received(Message response, boolean overTcp) {

        boolean isServfail() {
            return response.getRcode() == Rcode.SERVFAIL;
        }

        Answer answer(DnsQuery dnsQuery) {
            return AnswerReader.read(dnsQuery, response, overTcp);
        }
    }

    private final List<InetSocketAddress> resolvers;
    private final Duration timeout;
    private final int tries;
    private final Semaphore inFlight;
    private final Optional<QueryPace> pace;
    private final LongAdder sent = new LongAdder();
    private volatile int preferred;
    private volatile boolean closed;

    Resolvers(ResolverSettings settings) {
        resolvers = settings.resolvers();
        timeout = settings.timeout();
        tries = Math.max(settings.tries(), resolvers.size());
        inFlight = new Semaphore(settings.inFlight(), true);
        pace = settings.perSecond().isPresent()
                ? Optional.of(new QueryPace(settings.perSecond().getAsInt(), System.nanoTime()))
                : Optional.empty();
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
                case SERVFAIL, MALFORMED -> {
                    failed.set(index);
                    worst = answer;
                }
                case TIMEOUT -> {}
            }
        }
        return worst;
    }

    private Answer ask(InetSocketAddress resolver, DnsQuery dnsQuery) {
        try {
            var received = exchange(resolver, dnsQuery, false);
            return received.isServfail()
                    ? afterServfail(resolver, dnsQuery, received.response())
                    : received.answer(dnsQuery);
        } catch (WireParseException unreadable) {
            return Answer.MALFORMED;
        } catch (IOException noAnswer) {
            return Answer.TIMEOUT;
        }
    }

    /**
     * Whether a validating resolver failed because DNSSEC validation did. Either its response says so. Or it names no
     * cause, fails again, and only without validation has an answer: a SERVFAIL that has passed says nothing of DNSSEC.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc4035#section-3.2.2">RFC 4035, section 3.2.2: the CD bit</a>
     */
    private Answer afterServfail(InetSocketAddress resolver, DnsQuery dnsQuery, Message servfail) {
        if (DnssecErrors.in(servfail)) return Answer.BOGUS;
        if (!dnsQuery.thorough()) return Answer.SERVFAIL;
        try {
            var again = exchange(resolver, dnsQuery, false);
            if (!again.isServfail()) return again.answer(dnsQuery);
            if (DnssecErrors.in(again.response())) return Answer.BOGUS;
            if (DnssecErrors.areExcludedBy(servfail) || DnssecErrors.areExcludedBy(again.response()))
                return Answer.SERVFAIL;
            var unchecked = exchange(resolver, dnsQuery, true).answer(dnsQuery);
            return unchecked.kind().isFailure() ? Answer.SERVFAIL : Answer.BOGUS;
        } catch (IOException noAnswer) {
            return Answer.SERVFAIL;
        }
    }

    /** Sends over UDP, and over TCP if the response does not fit. */
    private Received exchange(InetSocketAddress resolver, DnsQuery dnsQuery, boolean checkingDisabled)
            throws IOException {
        var query = dnsQuery.toMessage(UDP_OCTETS);
        if (checkingDisabled) query.getHeader().setFlag(Flags.CD);
        var octets = query.toWire();
        if (!dnsQuery.overTcp()) {
            var response =
                    ResponseReader.read(dnsQuery, send(() -> BlockingSockets.overUdp(resolver, octets, timeout)));
            if (!response.getHeader().getFlag(Flags.TC)) return new Received(response, false);
        }
        return new Received(
                ResponseReader.read(dnsQuery, send(() -> BlockingSockets.overTcp(resolver, octets, timeout))), true);
    }

    private interface Sending {
        byte[] run() throws IOException;
    }

    private byte[] send(Sending sending) throws IOException {
        try {
            inFlight.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
        try {
            waitForTurn();
            if (closed) throw new IllegalStateException("DNS query after the resolver was closed");
            sent.increment();
            return sending.run();
        } catch (IOException failed) {
            // A blocking socket throws an IOException when we interrupt it; that is not a failure of the resolver.
            if (Thread.currentThread().isInterrupted()) throw interrupted();
            throw failed;
        } finally {
            inFlight.release();
        }
    }

    private void waitForTurn() {
        try {
            long wait = pace.map(own -> own.take(System.nanoTime())).orElse(0L);
            if (wait > 0) Thread.sleep(Duration.ofNanos(wait));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
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
