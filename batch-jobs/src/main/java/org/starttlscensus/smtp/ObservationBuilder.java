package org.starttlscensus.smtp;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.SmtpReply;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;

/** Collects what one call shows and builds its {@link Observation}. The first ending is kept. */
final class ObservationBuilder {

    private static final int LONGEST_EXCERPT = 1_000;

    private final Endpoint endpoint;
    private final String ehloName;
    private final Instant startedAt;
    private final Map<CallPhase, Duration> phaseDurations = new EnumMap<>(CallPhase.class);
    private final Map<Exchange, SmtpReply> replies = new EnumMap<>(Exchange.class);
    private CallPhase phase = CallPhase.CONNECT;
    private long phaseStart = System.nanoTime();
    private CallPhase endedIn = CallPhase.CONNECT;
    private Optional<Ending> ending = Optional.empty();
    private Optional<Address> source = Optional.empty();
    private Optional<TlsSession> tls = Optional.empty();
    private Optional<TlsFailure> tlsFailure = Optional.empty();
    private Optional<SmtpReply> quitReply = Optional.empty();
    private Optional<String> detail = Optional.empty();
    private Octets excerpt = Octets.NONE;
    private int received;

    ObservationBuilder(Endpoint endpoint, String ehloName, Instant startedAt) {
        this.endpoint = endpoint;
        this.ehloName = ehloName;
        this.startedAt = startedAt;
    }

    void enter(CallPhase next) {
        var now = System.nanoTime();
        phaseDurations.merge(phase, Duration.ofNanos(now - phaseStart), Duration::plus);
        phase = next;
        phaseStart = now;
    }

    CallPhase phase() {
        return phase;
    }

    void connectedFrom(Address ours) {
        source = Optional.of(ours);
    }

    void replied(Exchange exchange, SmtpReply reply) {
        replies.put(exchange, reply);
    }

    void secured(TlsSession session) {
        tls = Optional.of(session);
    }

    void failed(TlsFailure failure) {
        tlsFailure = Optional.of(failure);
    }

    void quitReplied(SmtpReply reply) {
        quitReply = Optional.of(reply);
    }

    void excerpt(Octets seen) {
        excerpt = seen.first(LONGEST_EXCERPT);
    }

    void received(int octets) {
        received = octets;
    }

    /** @param text our own description, never a text of the peer */
    void detail(String text) {
        if (!text.isEmpty()) detail = Optional.of(text);
    }

    void ended(Ending how) {
        if (ending.isPresent()) return;
        ending = Optional.of(how);
        endedIn = how == Ending.COMPLETED ? CallPhase.QUIT : phase;
    }

    /**
     * Records a bug of ours by class and place, but not by message, because that may quote the peer. An ending that is
     * recorded already stays.
     */
    void fault(RuntimeException bug) {
        var trace = bug.getStackTrace();
        detail(bug.getClass().getName() + (trace.length > 0 ? " at " + trace[0] : ""));
        ended(Ending.BROKEN_OFF);
    }

    /** Records that this run ended first and closed the connection. A completed call stays completed. */
    void cutShort() {
        if (ending.filter(Ending.COMPLETED::equals).isPresent()) return;
        ending = Optional.of(Ending.BROKEN_OFF);
        detail = Optional.of("cut short: this run had to end before the call did");
    }

    Observation observation() {
        enter(phase);
        return new Observation(
                endpoint,
                source,
                ehloName,
                startedAt,
                phaseDurations,
                endedIn,
                ending.orElseThrow(),
                reply(Exchange.GREETING),
                reply(Exchange.EHLO),
                reply(Exchange.HELO),
                reply(Exchange.STARTTLS),
                tls,
                tlsFailure,
                reply(Exchange.EHLO_UNDER_TLS),
                quitReply,
                excerpt,
                received,
                detail);
    }

    private Optional<SmtpReply> reply(Exchange exchange) {
        return Optional.ofNullable(replies.get(exchange));
    }
}
