package org.starttlscensus.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.verdict.NameJudge;

/** Any octets as a certificate: reading them throws nothing, the octets are kept, and names can be compared. */
public final class CertificateFuzz {

    private static final Hostname HOST = new Hostname("mx.example.org");

    private CertificateFuzz() {}

    /** Reads the seeds once before the time-out starts: instrumenting the classes takes seconds on a busy machine. */
    public static void fuzzerInitialize() {
        for (var seed : List.of("ec", "rsa")) {
            try (var certificate = CertificateFuzz.class.getResourceAsStream("/fuzz/tls.CertificateFuzz/" + seed)) {
                fuzzerTestOneInput(Objects.requireNonNull(certificate, seed).readAllBytes());
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    public static void fuzzerTestOneInput(byte[] sent) {
        var read = CertificateReader.read(Octets.of(sent));
        if (!read.der().equals(Octets.of(sent))) throw new AssertionError("the octets are not those that came");
        NameJudge.of(read, HOST);
    }
}
