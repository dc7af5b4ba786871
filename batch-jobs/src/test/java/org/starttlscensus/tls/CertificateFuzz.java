package org.starttlscensus.tls;

import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.verdict.NameJudge;

/** Whatever a server sends for a certificate: it is read without an exception, its octets are kept, and names can be compared. */
public final class CertificateFuzz {

    private static final Hostname HOST = new Hostname("mx.example.org");

    private CertificateFuzz() {}

    public static void fuzzerTestOneInput(byte[] sent) {
        var read = CertificateReader.read(Octets.of(sent));
        if (!read.der().equals(Octets.of(sent))) throw new AssertionError("the octets are not those that came");
        NameJudge.of(read, HOST);
    }
}
