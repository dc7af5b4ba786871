package org.starttlscensus.verdict;

import static org.starttlscensus.verdict.IssuedCertificate.ca;
import static org.starttlscensus.verdict.IssuedCertificate.draft;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.starttlscensus.fact.Octets;

/** A root, an issuer and a leaf for tests, and the judgement of chains by that root alone. */
final class JudgedChains {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final String PAST = "2022-01-01T00:00:00Z";
    static final IssuedCertificate ROOT = ca("root").selfSigned();
    static final IssuedCertificate UNRELATED = ca("unrelated").selfSigned();
    static final IssuedCertificate ISSUER = ca("issuer").by(ROOT);
    static final IssuedCertificate LEAF = draft("mx").by(ISSUER);

    private JudgedChains() {}

    static IssuedCertificate.Draft named(String dnsName) {
        return draft("mx")
                .with(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, dnsName)));
    }

    static NameConstraints permitting(String dnsName) {
        return new NameConstraints(
                new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.dNSName, dnsName))}, null);
    }

    static ChainVerdict judge(IssuedCertificate... chain) {
        return judgedWith(ROOT, chain);
    }

    static ChainVerdict judgedWith(IssuedCertificate root, IssuedCertificate... chain) {
        return new ChainJudge(new TrustStore("test", List.of(root.certificate())))
                .judge(Arrays.stream(chain).map(IssuedCertificate::der).toList(), NOW);
    }

    static ChainVerdict judge(List<Octets> chain) {
        return new ChainJudge(new TrustStore("test", List.of(ROOT.certificate()))).judge(chain, NOW);
    }
}
