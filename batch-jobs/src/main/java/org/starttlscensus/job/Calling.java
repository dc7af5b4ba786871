package org.starttlscensus.job;

import java.time.InstantSource;
import java.util.Optional;
import org.starttlscensus.ledger.Callers;
import org.starttlscensus.ledger.WholeCall;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.probe.ProbeSettings;
import org.starttlscensus.probe.Prober;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SafetyGate;
import org.starttlscensus.settings.SourceAddress;
import org.starttlscensus.smtp.Deadlines;
import org.starttlscensus.tls.HandshakeLimits;
import org.starttlscensus.tls.Offer;
import org.starttlscensus.tls.TlsClient;

/** From settings to calls: who may be called, as whom we call, and how long we wait. */
final class Calling {

    private Calling() {}

    /** Only the lab's networks: the safety gate of the contract holds. */
    static AddressGate gate(CensusSettings settings) {
        return AddressGate.only(SafetyGate.requireLab(settings).networks());
    }

    static WholeCall wholeCall(CensusSettings settings) {
        return new WholeCall(scaled(Deadlines.ordinary(), settings).whole(), scaled(Deadlines.patient(), settings).whole());
    }

    static Callers callers(CensusSettings settings, AddressGate gate, InstantSource clock) {
        var ordinary = prober(Deadlines.ordinary(), settings, gate, clock);
        var patient = prober(Deadlines.patient(), settings, gate, clock);
        return permit -> (permit.patient() ? patient : ordinary).call(permit.endpoint(), permit.dialBefore());
    }

    private static Prober prober(Deadlines deadlines, CensusSettings settings, AddressGate gate, InstantSource clock) {
        var source = source(settings);
        var ehloName = source.map(SourceAddress::ehloName).or(() -> settings.smtp().ehloName()).orElseThrow(() ->
                new RefusedNightException("""
                        census.smtp.ehlo-name is not set: our name in EHLO, which must resolve to our address and back. \
                        Nobody was called. Set it, for example census.smtp.ehlo-name=census.example.org."""));
        return new Prober(
                new ProbeSettings(settings.smtp().port(), source.map(SourceAddress::address), ehloName.ascii(),
                        scaled(deadlines, settings)),
                gate, new TlsClient(Offer.standard(), HandshakeLimits.contract()), clock);
    }

    private static Deadlines scaled(Deadlines deadlines, CensusSettings settings) {
        return settings.lab().map(lab -> deadlines.scaled(lab.patienceScale())).orElse(deadlines);
    }

    private static Optional<SourceAddress> source(CensusSettings settings) {
        var sources = settings.sourceAddresses();
        if (sources.size() > 1) {
            throw new RefusedNightException("census.source-addresses names %d addresses; this version calls from one. Name one."
                    .formatted(sources.size()));
        }
        return sources.stream().findFirst();
    }
}
