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
 * Makes one call to one endpoint. The caller has the permit for it. The last two checks are made here, right before
 * the socket connects and on the same address: the permit is still valid, and the address may be called at all.
 *
 * <p>Thread-safe. Each call blocks its thread, so use a virtual one. Nothing that a peer does causes an exception.
 */
public final class Prober {

    private final ProbeSettings settings;
    private final AddressGate gate;
    private final Optional<Function<Hostname, TlsUpgrade>> upgrades;
    private final InstantSource clock;

    public Prober(ProbeSettings settings, AddressGate gate, TlsClient tls, InstantSource clock) {
        this(settings, gate, host -> new TlsClientUpgrade(tls, host), clock);
    }

    Prober(ProbeSettings settings, AddressGate gate, Function<Hostname, TlsUpgrade> upgrades, InstantSource clock) {
        this(settings, gate, Optional.of(upgrades), clock);
    }

    private Prober(
            ProbeSettings settings,
            AddressGate gate,
            Optional<Function<Hostname, TlsUpgrade>> upgrades,
            InstantSource clock) {
        this.settings = settings;
        this.gate = gate;
        this.upgrades = upgrades;
        this.clock = clock;
    }

    /** One that never says STARTTLS. */
    public static Prober ehloOnly(ProbeSettings settings, AddressGate gate, InstantSource clock) {
        return new Prober(settings, gate, Optional.empty(), clock);
    }

    /**
     * Makes one call.
     *
     * @param dialBefore the latest time for the first packet under the permit
     * @param dialled    receives the time right before the first packet is sent; not called if nothing is sent
     */
    public Observation call(Endpoint endpoint, Instant dialBefore, Consumer<Instant> dialled) {
        var inet = endpoint.address().toInetAddress();
        Optional<String> blocked;
        try {
            blocked = gate.whyNot(Address.of(inet));
        } catch (RuntimeException bug) {
            return unsent(endpoint, clock.instant(), Ending.BROKEN_OFF, "the address gate failed: " + bug);
        }
        var now = clock.instant();
        if (blocked.isPresent()) return unsent(endpoint, now, Ending.NOT_CALLABLE, blocked.get());
        if (now.isAfter(dialBefore)) {
            return unsent(endpoint, now, Ending.NOT_DIALLED, "the permit expired at " + dialBefore);
        }
        var otherFamily = settings.source()
                .filter(source -> source.isIpv6() != endpoint.address().isIpv6());
        if (otherFamily.isPresent())
            return unsent(endpoint, now, Ending.NO_FAMILY, "we call from " + otherFamily.get() + " only");
        dialled.accept(now);
        return new SmtpProbe(
                        endpoint,
                        new InetSocketAddress(inet, settings.port()),
                        settings.source(),
                        settings.ehloName(),
                        settings.deadlines(),
                        settings.mayNotKnowEhlo(),
                        upgrades.map(upgrade -> upgrade.apply(endpoint.mxHost())))
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
