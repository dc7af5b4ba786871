package org.starttlscensus.job;

import java.time.InstantSource;
import java.util.EnumMap;
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
import org.starttlscensus.settings.SourceAddress;
import org.starttlscensus.smtp.Deadlines;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Nights;
import org.starttlscensus.tls.HandshakeLimits;
import org.starttlscensus.tls.Offer;
import org.starttlscensus.tls.TlsClient;

/** Makes what a call needs from the settings: the address gate, our EHLO name and source address, the deadlines. */
public final class ProberFactory {

    private ProberFactory() {}

    /** Allows only the networks of the lab, because of the safety gate (docs/politeness.md, section 1). */
    public static AddressGate gate(CensusSettings settings) {
        return AddressGate.only(SafetyGate.requireLab(settings).networks());
    }

    public static MaxCallDuration wholeCall(CensusSettings settings) {
        return new MaxCallDuration(
                scaled(Deadlines.ordinary(), settings).whole(),
                scaled(Deadlines.patient(), settings).whole());
    }

    /** @param machine on which no second database may call */
    public static Caller caller(
            CallingMachine machine, Database database, CensusSettings settings, AddressGate gate, InstantSource clock) {
        var ordinary = probers(Deadlines.ordinary(), settings, gate, clock);
        var patient = probers(Deadlines.patient(), settings, gate, clock);
        Caller prober = (permit, dialled) -> (permit.patient() ? patient : ordinary)
                .of(permit)
                .call(permit.endpoint(), permit.dialBefore(), dialled);
        return new ClearedCaller(
                machine.guarding(prober, database, settings), CurrentOptOuts.of(database, settings, clock));
    }

    private static Probers probers(
            Deadlines deadlines, CensusSettings settings, AddressGate gate, InstantSource clock) {
        var probeSettings = probeSettings(deadlines, settings);
        Map<ProbeKind, Prober> current = new EnumMap<>(ProbeKind.class);
        for (var probeKind : ProbeKind.values())
            current.put(
                    probeKind,
                    probeKind == ProbeKind.EHLO_ONLY
                            ? Prober.ehloOnly(probeSettings, gate, clock)
                            : prober(Offer.of(probeKind), probeSettings, gate, clock));
        return new Probers(
                current,
                prober(Offer.previous(), probeSettings, gate, clock),
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

    private static Prober prober(Offer offer, ProbeSettings probeSettings, AddressGate gate, InstantSource clock) {
        var client = new TlsClient(offer, HandshakeLimits.contract());
        client.prepare();
        return new Prober(probeSettings, gate, client, clock);
    }

    private static ProbeSettings probeSettings(Deadlines deadlines, CensusSettings settings) {
        var source = source(settings);
        var ehloName = source.map(SourceAddress::ehloName)
                .or(() -> settings.smtp().ehloName())
                .orElseThrow(() -> new RefusedNightException("""
                        census.smtp.ehlo-name is not set. It is our name in EHLO; it must resolve to our address, and \
                        our address to it. No server was called. \
                        Set it, for example census.smtp.ehlo-name=census.example.org."""));
        return new ProbeSettings(
                settings.smtp().port(),
                source.map(SourceAddress::address),
                ehloName.ascii(),
                scaled(deadlines, settings),
                ReplyClassifier::mayNotKnowEhlo);
    }

    private static Deadlines scaled(Deadlines deadlines, CensusSettings settings) {
        return settings.lab().map(lab -> deadlines.scaled(lab.patienceScale())).orElse(deadlines);
    }

    /** The address that calls are made from; empty if the operating system chooses it. */
    public static Optional<Address> sourceAddress(CensusSettings settings) {
        return source(settings).map(SourceAddress::address);
    }

    private static Optional<SourceAddress> source(CensusSettings settings) {
        var sources = settings.sourceAddresses();
        if (sources.size() > 1) {
            throw new RefusedNightException(
                    "census.source-addresses has %d addresses, but this version calls from one only. Set one."
                            .formatted(sources.size()));
        }
        return sources.stream().findFirst();
    }
}
