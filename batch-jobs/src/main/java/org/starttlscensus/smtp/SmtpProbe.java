package org.starttlscensus.smtp;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Observation;

/**
 * One call, from the first packet to the last: connect, the dialogue, goodbye.
 *
 * @param endpoint  on whose behalf the call is made
 * @param target    the very address that is connected to
 * @param source    our address, where we have several
 * @param ehloName  who we say we are
 * @param deadlines how long we wait
 * @param tls       how TLS is started
 */
public record SmtpProbe(
        Endpoint endpoint,
        InetSocketAddress target,
        Optional<Address> source,
        String ehloName,
        Deadlines deadlines,
        TlsUpgrade tls) {

    /**
     * Blocks, so run it on a virtual thread: there an interrupt closes the connection, and the call ends as ours. Whatever the
     * peer does, and a bug of ours too, becomes an observation.
     */
    public Observation run(Instant now) {
        var observation = new ObservationBuilder(endpoint, ehloName, now);
        try (var socket = new DeadlineSocket(deadlines)) {
            if (socket.connect(target, source)) {
                observation.connectedFrom(socket.localAddress());
                new Conversation(socket, observation, ehloName, tls).run();
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
        // The kernel says "reset" only of a connection that stood (else "refused"): what was missing was the greeting.
        if (ending == Ending.RESET) observation.enter(CallPhase.BANNER);
        observation.detail(reason);
        observation.ended(ending);
    }
}
