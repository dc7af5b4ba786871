package org.starttlscensus.dane;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.verdict.IssuedCertificate;
import org.starttlscensus.verdict.SubjectKeyInfo;

/** A root, issuers and servers' certificates, and the records that speak of them. */
final class DaneScene {

    static final String HOST = "mx.example.org";
    static final Instant AT = Instant.parse("2026-11-23T00:00:00Z");

    static final IssuedCertificate ROOT = IssuedCertificate.ca("root").selfSigned();
    static final IssuedCertificate OLD_ROOT = IssuedCertificate.ca("old root")
            .valid("2019-01-01T00:00:00Z", "2021-01-01T00:00:00Z")
            .selfSigned();
    static final IssuedCertificate ISSUER = IssuedCertificate.ca("issuer").by(ROOT);
    static final IssuedCertificate OLD_ISSUER = IssuedCertificate.ca("old issuer")
            .valid("2019-01-01T00:00:00Z", "2021-01-01T00:00:00Z")
            .by(ROOT);
    static final IssuedCertificate ISSUER_OF_OLD_ROOT =
            IssuedCertificate.ca("below the old root").by(OLD_ROOT);
    static final IssuedCertificate SERVER = server(HOST).by(ISSUER);
    static final IssuedCertificate OTHER = server("other.example.org").by(ISSUER);

    private DaneScene() {}

    static IssuedCertificate.Draft server(String name) {
        return IssuedCertificate.draft("server")
                .with(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
    }

    static String record(int usage, int selector, int matchingType, IssuedCertificate certificate) {
        var whole = selector == 0
                ? certificate.der()
                : SubjectKeyInfo.of(certificate.der()).orElseThrow();
        var data = switch (matchingType) {
            case 0 -> whole;
            case 1 -> whole.sha256();
            case 2 -> sha512(whole);
            default -> throw new IllegalArgumentException("no matching type " + matchingType);
        };
        return "%d %d %d %s".formatted(usage, selector, matchingType, data.hex());
    }

    private static Octets sha512(Octets whole) {
        try {
            return Octets.of(MessageDigest.getInstance("SHA-512").digest(whole.toArray()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static List<Octets> chain(IssuedCertificate... certificates) {
        return Arrays.stream(certificates).map(IssuedCertificate::der).toList();
    }

    static DaneVerdict judge(List<Octets> chain, String... records) {
        return judge(HOST, chain, records);
    }

    static DaneVerdict judge(String name, List<Octets> chain, String... records) {
        var parsed = new ArrayList<TlsaRecord>();
        for (var record : records) parsed.add(TlsaRecord.parse(record));
        return DaneJudge.judge(parsed, chain, List.of(new Hostname(name)), AT);
    }

    /** For example {@code pass at 0}. */
    static String told(DaneVerdict verdict) {
        return verdict.status().label()
                + verdict.depth().map(depth -> " at " + depth).orElse("");
    }
}
