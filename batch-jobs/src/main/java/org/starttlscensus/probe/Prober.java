package org.starttlscensus.probe;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.smtp.SmtpProbe;
import org.starttlscensus.smtp.TlsUpgrade;
import org.starttlscensus.tls.TlsClient;

/**
 * Calls at one endpoint, once. Whether it may be called now was decided elsewhere and comes as a permit; the last two
 * checks, that the permit still holds and that the address may be called at all, are made here, right before the
 * socket is connected and on the very address that it is connected to.
 *
 * <p>Thread-safe; each call blocks its thread, so give it a virtual one. Nothing that a peer does is an exception.
 */
public final class Prober {

    private final ProbeSettings settings;
    private final AddressGate gate;
    private final Function<Hostname, TlsUpgrade> upgrades;
    private final InstantSource clock;

    public Prober(ProbeSettings settings, AddressGate gate, TlsClient tls, InstantSource clock) {
        this(settings, gate, host -> new TlsClientUpgrade(tls, host), clock);
    }

    Prober(ProbeSettings settings, AddressGate gate, Function<Hostname, TlsUpgrade> upgrades, InstantSource clock) {
        this.settings = settings;
        this.gate = gate;
        this.upgrades = upgrades;
        this.clock = clock;
    }

    /**
     * Makes one call.
     *
     * @param dialBefore the permit's last moment for the first packet
     * @param dialled    told when the first packet is about to leave; not told if nothing is sent
     */
    public Observation call(Endpoint endpoint, Instant dialBefore, Consumer<Instant> dialled) {
        var inet = endpoint.address().toInetAddress();
        Optional<String> closed;
        try {
            closed = gate.whyNot(Address.of(inet));
        } catch (RuntimeException bug) {
            return unsent(endpoint, clock.instant(), Ending.BROKEN_OFF, "the address gate failed: " + bug);
        }
        var now = clock.instant();
        if (closed.isPresent()) return unsent(endpoint, now, Ending.NOT_CALLABLE, closed.get());
        if (now.isAfter(dialBefore)) {
            return unsent(endpoint, now, Ending.NOT_DIALLED, "the permit was to be used before " + dialBefore);
        }
        var other = settings.source()
                .filter(source -> source.isIpv6() != endpoint.address().isIpv6());
        if (other.isPresent()) return unsent(endpoint, now, Ending.NO_FAMILY, "we call from " + other.get() + " only");
        dialled.accept(now);
        return new SmtpProbe(
                        endpoint,
                        new InetSocketAddress(inet, settings.port()),
                        settings.source(),
                        settings.ehloName(),
                        settings.deadlines(),
                        upgrades.apply(endpoint.mxHost()))
                .run(now);
    }

    private Observation unsent(Endpoint endpoint, Instant now, Ending ending, String reason) {
        return new Observation(
                endpoint,
                Optional.empty(),
                settings.ehloName(),
                now,
                Map.of(),
                CallPhase.CONNECT,
                ending,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Octets.NONE,
                0,
                Optional.of(reason));
    }
}
