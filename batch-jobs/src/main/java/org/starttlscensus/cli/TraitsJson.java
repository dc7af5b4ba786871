package org.starttlscensus.cli;

import java.util.Optional;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.TlsTraits;

/** What a TLS session showed besides its parameters. */
record TraitsJson(
        Optional<Boolean> extendedMasterSecret,
        Optional<Boolean> secureRenegotiation,
        boolean sessionTicket,
        boolean helloRetryRequested,
        Optional<String> stapledOcsp,
        Optional<String> timestamps) {

    static TraitsJson of(TlsTraits traits) {
        return new TraitsJson(
                traits.extendedMasterSecret(),
                traits.secureRenegotiation(),
                traits.sessionTicket(),
                traits.helloRetryRequested(),
                traits.stapledOcsp().map(Octets::hex),
                traits.timestamps().map(Octets::hex));
    }
}
