package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.CertificateValidation;

/** Reads the extensions of a certificate. */
class CertificateExtensionsTest {

    private static final KeyPair KEY = TestCertificates.ecKey("secp256r1");

    @Test
    void readsNamesOfEveryKindPoliciesTimestampsAndWhetherItIssues() {
        var names = new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "mx.example.org"), new GeneralName(GeneralName.iPAddress, "192.0.2.1"),
            new GeneralName(GeneralName.rfc822Name, "post@example.org"),
                    new GeneralName(GeneralName.uniformResourceIdentifier, "https://example.org/"),
            new GeneralName(GeneralName.directoryName, "CN=a"), new GeneralName(GeneralName.registeredID, "1.2.3"),
            new GeneralName(GeneralName.otherName, new DERSequence(new ASN1Encodable[] {
                new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.9"), new DERTaggedObject(0, new DERUTF8String("x"))
            }))
        });
        var policies = new CertificatePolicies(new PolicyInformation[] {
            new PolicyInformation(new ASN1ObjectIdentifier("1.2.3.4")),
            new PolicyInformation(new ASN1ObjectIdentifier("2.23.140.1.2.2"))
        });
        var timestamps = new DEROctetString(HexFormat.of().parseHex("000a" + "0003aaaaaa" + "0003bbbbbb"));
        var certificate = CertificateReader.read(TestCertificates.with(
                KEY,
                Map.of(
                        Extension.subjectAlternativeName,
                        names,
                        Extension.certificatePolicies,
                        policies,
                        new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2"),
                        timestamps,
                        Extension.basicConstraints,
                        new BasicConstraints(true))));
        assertEquals(List.of("mx.example.org"), certificate.dnsNames());
        assertEquals(
                List.of(
                        "ip:192.0.2.1",
                        "email:post@example.org",
                        "uri:https://example.org/",
                        "directory:CN=a",
                        "oid:1.2.3",
                        "other:1.3.6.1.5.5.7.8.9"),
                certificate.otherNames());
        assertEquals(Optional.of(CertificateValidation.OV), certificate.validation());
        assertEquals(Optional.of(2), certificate.sctCount());
        assertTrue(certificate.ca());
        assertEquals(certificate.subjectSha256(), certificate.issuerSha256());
    }

    @Test
    void countsTheNamesThatItOmits() {
        var names = IntStream.range(0, 10_007)
                .mapToObj(i -> new GeneralName(GeneralName.dNSName, "a" + i))
                .toArray(GeneralName[]::new);
        var certificate = CertificateReader.read(
                TestCertificates.with(KEY, Map.of(Extension.subjectAlternativeName, new GeneralNames(names))));
        assertEquals(10_000, certificate.dnsNames().size());
        assertEquals(7, certificate.namesOmitted());
    }

    @Test
    void hasNoCountForAMalformedTimestampList() {
        var broken = new DEROctetString(HexFormat.of().parseHex("000a" + "0003aaaaaa" + "0009bbbbbb"));
        var certificate = CertificateReader.read(
                TestCertificates.with(KEY, Map.of(new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2"), broken)));
        assertEquals(Optional.empty(), certificate.sctCount());
        assertEquals(
                Optional.of(0),
                CertificateReader.read(TestCertificates.named(KEY, "mx")).sctCount());
        assertFalse(CertificateReader.read(TestCertificates.named(KEY, "mx")).ca());
    }
}
