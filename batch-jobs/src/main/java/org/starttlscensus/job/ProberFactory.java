package org.starttlscensus.job;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.ledger.Caller;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.probe.ProbeSettings;
import org.starttlscensus.probe.Prober;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SafetyGate;
import org.starttlscensus.smtp.Deadlines;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Nights;
import org.starttlscensus.tls.HandshakeLimits;
import org.starttlscensus.tls.Offer;
import org.starttlscensus.tls.TlsClient;

/** Makes what a call needs from the settings: the address gate, our EHLO name and source address, the deadlines. */
public final class ProberFactory {

    private ProberFactory() {}

    /** Whom the safety gate lets us call (docs/politeness.md, section 2). */
    public static AddressGate gate(CensusSettings settings) {
        return SafetyGate.calling(settings);
    }

    /** @throws RefusedNightException if this machine cannot call from one of the configured source addresses */
    public static void requireSources(CensusSettings settings) {
        OwnAddress.requireAll(settings);
    }

    public static MaxCallDuration wholeCall(CensusSettings settings) {
        return new MaxCallDuration(
                scaled(Deadlines.ordinary(), settings).whole(),
                scaled(Deadlines.patient(), settings).whole());
    }

    /** Calls that somebody asks for. */
    public static Caller caller(
            CallingMachine machine, Database database, CensusSettings settings, AddressGate gate, InstantSource clock) {
        return caller(machine, database, settings, gate, LeftOutServers.NONE, clock);
    }

    /**
     * @param machine on which no second database may call
     * @param leftOut of the plan, since it was made
     */
    static Caller caller(
            CallingMachine machine,
            Database database,
            CensusSettings settings,
            AddressGate gate,
            LeftOutServers leftOut,
            InstantSource clock) {
        var clients = Clients.prepared();
        Map<Optional<Address>, SourceProbers> sources = new HashMap<>();
        for (var source : OwnAddress.all(settings)) {
            sources.put(
                    source.address(),
                    new SourceProbers(
                            probers(Deadlines.ordinary(), source, clients, settings, gate, clock),
                            probers(Deadlines.patient(), source, clients, settings, gate, clock)));
        }
        Caller prober = (permit, dialled) -> {
            var probers = Objects.requireNonNull(
                    sources.get(permit.source()),
                    () -> "no source of ours is "
                            + permit.source().map(Address::toString).orElse("chosen by the system"));
            return (permit.patient() ? probers.patient() : probers.ordinary())
                    .of(permit)
                    .call(permit.endpoint(), permit.dialBefore(), dialled);
        };
        return new ClearedCaller(
                machine.guarding(prober, database, settings), CurrentOptOuts.of(database, settings, clock), leftOut);
    }

    /** The clients of all sources: one for each TLS offer. */
    private record Clients(Map<ProbeKind, TlsClient> current, TlsClient previous) {

        static Clients prepared() {
            Map<ProbeKind, TlsClient> current = new EnumMap<>(ProbeKind.class);
            for (var probeKind : ProbeKind.values()) {
                if (probeKind != ProbeKind.EHLO_ONLY) current.put(probeKind, client(Offer.of(probeKind)));
            }
            return new Clients(current, client(Offer.previous()));
        }

        private static TlsClient client(Offer offer) {
            var client = new TlsClient(offer, HandshakeLimits.contract());
            client.prepare();
            return client;
        }
    }

    /** The probers of one source address. */
    private record SourceProbers(Probers ordinary, Probers patient) {}

    private static Probers probers(
            Deadlines deadlines,
            OwnAddress source,
            Clients clients,
            CensusSettings settings,
            AddressGate gate,
            InstantSource clock) {
        var probeSettings = new ProbeSettings(
                settings.smtp().port(),
                source.address(),
                source.ehloName().ascii(),
                scaled(deadlines, settings),
                ReplyClassifier::mayNotKnowEhlo);
        Map<ProbeKind, Prober> current = new EnumMap<>(ProbeKind.class);
        clients.current()
                .forEach((probeKind, client) -> current.put(probeKind, new Prober(probeSettings, gate, client, clock)));
        current.put(ProbeKind.EHLO_ONLY, Prober.ehloOnly(probeSettings, gate, clock));
        return new Probers(
                current,
                new Prober(probeSettings, gate, clients.previous(), clock),
                new OverlapSample(settings.tls().previousOfferPercent()));
    }

    /** Notes by which offers the calls of a night are made. */
    static void note(CensusNight night, CensusSettings settings, Database database) {
        new Nights(database)
                .measureBy(
                        night,
                        Offer.standard().id(),
                        Offer.previous().id(),
                        settings.tls().previousOfferPercent());
    }

    /** One prober for each kind of probe, because each kind has its own TLS offer; and one for the previous offer. */
    private record Probers(Map<ProbeKind, Prober> current, Prober previous, OverlapSample overlap) {

        Prober of(Permit permit) {
            if (permit.probeKind() == ProbeKind.STANDARD
                    && overlap.has(permit.endpoint().address())) return previous;
            return Objects.requireNonNull(current.get(permit.probeKind()));
        }
    }

    private static Deadlines scaled(Deadlines deadlines, CensusSettings settings) {
        return settings.lab().map(lab -> deadlines.scaled(lab.patienceScale())).orElse(deadlines);
    }
}
