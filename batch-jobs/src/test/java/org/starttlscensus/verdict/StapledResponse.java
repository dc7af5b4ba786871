package org.starttlscensus.verdict;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.ocsp.ResponseBytes;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.starttlscensus.fact.Octets;

/**
 * Builds an OCSP response. By default its status is good, the issuer signed it, and it is valid from an hour ago for a
 * day from now.
 */
public final class StapledResponse {

    private final Instant at;
    private BigInteger serial;
    private X509CertificateHolder named;
    private AlgorithmIdentifier hash = CertificateID.HASH_SHA1;
    private CertificateStatus status = CertificateStatus.GOOD;
    private Instant from;
    private Instant until;
    private KeyPair signer;
    private String responder;
    private X509CertificateHolder[] enclosed = {};

    private StapledResponse(IssuedCertificate leaf, IssuedCertificate issuer, Instant at) {
        this.at = at;
        serial = holder(leaf).getSerialNumber();
        named = holder(issuer);
        from = at.minus(Duration.ofHours(1));
        until = at.plus(Duration.ofDays(1));
        signer = issuer.key();
        responder = issuer.name();
    }

    public static StapledResponse of(IssuedCertificate leaf, IssuedCertificate issuer, Instant at) {
        return new StapledResponse(leaf, issuer, at);
    }

    public StapledResponse revoked() {
        return revoked(at.minus(Duration.ofDays(2)));
    }

    StapledResponse revoked(Instant when) {
        status = new RevokedStatus(Date.from(when), 1);
        return this;
    }

    StapledResponse unknown() {
        status = new UnknownStatus();
        return this;
    }

    StapledResponse serial(long other) {
        serial = BigInteger.valueOf(other);
        return this;
    }

    StapledResponse issuedBy(IssuedCertificate other) {
        named = holder(other);
        return this;
    }

    StapledResponse hash(AlgorithmIdentifier of) {
        hash = of;
        return this;
    }

    StapledResponse valid(Instant thisUpdate, Instant nextUpdate) {
        from = thisUpdate;
        until = nextUpdate;
        return this;
    }

    StapledResponse signedWith(KeyPair key) {
        signer = key;
        return this;
    }

    /** Signed with another certificate, which is enclosed. */
    StapledResponse by(IssuedCertificate other) {
        signer = other.key();
        responder = other.name();
        enclosed = new X509CertificateHolder[] {holder(other)};
        return this;
    }

    public Octets der() {
        try {
            var digests = new JcaDigestCalculatorProviderBuilder().build();
            var basic = new BasicOCSPRespBuilder(new RespID(new X500Name("CN=" + responder)))
                    .addResponse(
                            new CertificateID(digests.get(hash), named, serial),
                            status,
                            Date.from(from),
                            Date.from(until))
                    .build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()),
                            enclosed,
                            Date.from(from));
            return Octets.of(new OCSPResponse(
                            new OCSPResponseStatus(OCSPResponseStatus.SUCCESSFUL),
                            new ResponseBytes(
                                    OCSPObjectIdentifiers.id_pkix_ocsp_basic, new DEROctetString(basic.getEncoded())))
                    .getEncoded());
        } catch (IOException | OCSPException | OperatorCreationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static X509CertificateHolder holder(IssuedCertificate certificate) {
        try {
            return new X509CertificateHolder(certificate.der().toArray());
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
