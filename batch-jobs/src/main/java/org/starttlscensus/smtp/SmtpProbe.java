package org.starttlscensus.smtp;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.SmtpReply;

/**
 * One SMTP call, from the first packet to the last: connect, the dialogue, QUIT.
 *
 * @param endpoint       the endpoint that is measured
 * @param target         the address and port to connect to
 * @param source         the local address; empty: the system chooses
 * @param ehloName       the name in EHLO and HELO
 * @param deadlines      how long we wait in each phase
 * @param mayNotKnowEhlo whether a refused EHLO is followed by HELO; the caller knows texts of refusals, this room none
 * @param tls            starts TLS on the connection; empty: STARTTLS is not said, whatever EHLO shows
 */
public record SmtpProbe(
        Endpoint endpoint,
        InetSocketAddress target,
        Optional<Address> source,
        String ehloName,
        Deadlines deadlines,
        Predicate<SmtpReply> mayNotKnowEhlo,
        Optional<TlsUpgrade> tls) {

    SmtpProbe(
            Endpoint endpoint,
            InetSocketAddress target,
            Optional<Address> source,
            String ehloName,
            Deadlines deadlines,
            Predicate<SmtpReply> mayNotKnowEhlo,
            TlsUpgrade tls) {
        this(endpoint, target, source, ehloName, deadlines, mayNotKnowEhlo, Optional.of(tls));
    }

    /**
     * Makes the call. It blocks, so run it on a virtual thread: there an interrupt closes the connection, and the call
     * is recorded as broken off by us. Never throws: what the peer does, and a bug of ours too, becomes an observation.
     */
    public Observation run(Instant now) {
        var observation = new ObservationBuilder(endpoint, ehloName, now);
        try (var socket = new DeadlineSocket(deadlines)) {
            if (socket.connect(target, source)) {
                observation.connectedFrom(socket.localAddress());
                new Conversation(socket, observation, ehloName, mayNotKnowEhlo, tls).run();
            } else {
                unconnected(observation, socket.end().orElse(Ending.LOCAL_ERROR), socket.reason());
            }
        } catch (RuntimeException bug) {
            observation.fault(bug);
        }
        if (Thread.interrupted()) observation.cutShort();
        return observation.observation();
    }

    private static void unconnected(ObservationBuilder observation, Ending ending, String reason) {
        // The kernel says "reset" only of an established connection, else "refused". So only the greeting was missing.
        if (ending == Ending.RESET) observation.enter(CallPhase.BANNER);
        observation.detail(reason);
        observation.ended(ending);
    }
}
