package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameConstraintsTest {

    @ParameterizedTest
    @CsvSource({
        "permit, example.com, example.com, true",
        "permit, example.com, mx.example.com, true",
        "permit, example.com, EXAMPLE.com, true",
        "permit, example.com, notexample.com, false",
        "permit, example.com, example.org, false",
        "permit, example.com, *.example.com, true",
        "permit, foo.example.com, *.example.com, false",
        "permit, example.com, *.mail.example.com, true",
        "permit, '', mx.example.org, true",
        "exclude, '', mx.example.org, false",
        "exclude, example.com, mx.example.com, false",
        "exclude, example.com, mx.example.org, true",
        "exclude, bar.example.com, *.example.com, false",
        "exclude, example.com, *.example.com, false",
        "exclude, a.bar.example.com, *.example.com, true",
        "exclude, com, *.example.com, false",
        "permit, example.com, .example.com, false",
        "permit, example.com, example.com., false",
        "permit, example.com, a..example.com, false",
        "permit, example.com, f*.example.com, false",
        "permit, example.com, *, false",
        "exclude, example.net, 'mx example.com', false",
        "permit, example.com, '', false"
    })
    void applyToEveryNameThatAWildcardCovers(String kind, String tree, String name, boolean allowed)
            throws IOException {
        var dns = new GeneralName(GeneralName.dNSName, new DERIA5String(tree));
        assertEquals(
                allowed,
                constraints(kind, dns).allow(names(new GeneralName(GeneralName.dNSName, new DERIA5String(name)))));
    }

    @ParameterizedTest
    @CsvSource({
        "permit, c0000200ffffff00, c0000201, true",
        "permit, c0000200ffffff00, c0000301, false",
        "exclude, c0000200ffffff00, c0000201, false",
        "exclude, c0000200ffffff00, c0000301, true",
        "permit, c0000200ffffff00, c0000200ffffff00, false",
        "permit, c0000200ffffff00, 00000000000000000000000000000001, false",
        "exclude, 0000000000000000, c0000201, false",
        "permit, 00000000000000000000000000000001ffffffffffffffffffffffffffffffff,"
                + " 00000000000000000000000000000001, true"
    })
    void applyToEveryAddress(String kind, String network, String address, boolean allowed) throws IOException {
        assertEquals(allowed, constraints(kind, ip(network)).allow(names(ip(address))));
    }

    @ParameterizedTest
    @CsvSource({
        "permit, example.com, a@example.com, true",
        "permit, example.com, a@EXAMPLE.com, true",
        "permit, example.com, a@mail.example.com, false",
        "permit, .example.com, a@mail.example.com, true",
        "permit, .example.com, a@example.com, false",
        "permit, a@example.com, a@Example.com, true",
        "permit, a@example.com, A@example.com, false",
        "exclude, example.com, a@example.com, false",
        "exclude, example.com, a@example.org, true",
        "exclude, example.com, no address, false"
    })
    void applyToMailAddresses(String kind, String tree, String name, boolean allowed) throws IOException {
        var mail = new GeneralName(GeneralName.rfc822Name, tree);
        assertEquals(allowed, constraints(kind, mail).allow(names(new GeneralName(GeneralName.rfc822Name, name))));
        var subject = new X500NameBuilder().addRDN(BCStyle.E, name).build().getEncoded();
        assertEquals(allowed, constraints(kind, mail).allowSubject(subject));
    }

    @ParameterizedTest
    @CsvSource({
        "permit, example.com, http://example.com/a, true",
        "permit, example.com, https://user@Example.com:8443/, true",
        "permit, example.com, http://www.example.com/, false",
        "permit, .example.com, http://www.example.com, true",
        "exclude, .example.com, ftp://www.example.com/, false",
        "exclude, .example.com, mailto:a@example.com, false",
        "exclude, example.com, http://example.org/?example.com, true"
    })
    void applyToTheHostOfAUri(String kind, String tree, String name, boolean allowed) throws IOException {
        var uri = new GeneralName(GeneralName.uniformResourceIdentifier, tree);
        assertEquals(
                allowed,
                constraints(kind, uri).allow(names(new GeneralName(GeneralName.uniformResourceIdentifier, name))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "permit; C=DE,O=Test; C=DE,O=Test,CN=a; true",
                "permit; C=DE,O=Test; C=de,O=tEST  ,CN=a; true",
                "permit; C=DE,O=Test; C=DE,OU=x,O=Test; false",
                "permit; C=DE,O=Test; C=DE; false",
                "exclude; C=DE,O=Test; C=DE,O=Test; false",
                "exclude; C=DE,O=Test; C=DE,O=Tests; true"
            })
    void applyToTheSubjectAndToDirectoryNames(String kind, String tree, String name, boolean allowed)
            throws IOException {
        var constraints = constraints(kind, new GeneralName(new X500Name(tree)));
        assertEquals(allowed, constraints.allowSubject(new X500Name(name).getEncoded()));
        assertEquals(allowed, constraints.allow(names(new GeneralName(new X500Name(name)))));
        assertEquals(true, constraints.allowSubject(new X500Name(new RDN[0]).getEncoded()), "an empty subject");
    }

    @Test
    void allowNoNameOfAConstrainedKindThatCannotBeCompared() throws IOException {
        var registered = new GeneralName(GeneralName.registeredID, "1.2.3");
        assertEquals(false, constraints("exclude", registered).allow(names(registered)));
        assertEquals(true, constraints("exclude", registered).allow(names(ip("c0000201"))));
    }

    @Test
    void ignoreOtherKindsOfNames() throws IOException {
        var mail = new GeneralName(GeneralName.rfc822Name, "a@example.org");
        var dns = new GeneralName(GeneralName.dNSName, "example.com");
        assertEquals(true, constraints("permit", dns).allow(names(mail, ip("c0000201"))));
        assertEquals(true, constraints("permit", mail).allow(names(new GeneralName(GeneralName.dNSName, ".odd"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {".example.com", "*.example.com", "exa mple.com", "example.com."})
    void mustBeHostNames(String tree) {
        var dns = new GeneralName(GeneralName.dNSName, new DERIA5String(tree));
        assertThrows(IllegalArgumentException.class, () -> constraints("exclude", dns));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0000200", "c0000200ff00ff00", "00ff", "c0000200ffffff0000"})
    void mustBeNetworks(String network) {
        assertThrows(IllegalArgumentException.class, () -> constraints("permit", ip(network)));
    }

    /** No list; empty lists; an unknown list; malformed or truncated DER; no octets. */
    @ParameterizedTest
    @ValueSource(strings = {"3000", "3004a000a100", "3002a200", "05", "3003a00130", "308000", "30840fffffff", ""})
    void mustBeReadable(String der) {
        assertThrows(
                RuntimeException.class,
                () -> NameConstraints.read(HexFormat.of().parseHex(der)));
    }

    private static NameConstraints constraints(String kind, GeneralName... bases) throws IOException {
        var trees = Arrays.stream(bases).map(GeneralSubtree::new).toArray(GeneralSubtree[]::new);
        var both = kind.equals("permit")
                ? new org.bouncycastle.asn1.x509.NameConstraints(trees, null)
                : new org.bouncycastle.asn1.x509.NameConstraints(null, trees);
        return NameConstraints.read(both.getEncoded());
    }

    private static GeneralName ip(String hex) {
        ASN1Encodable octets = new DEROctetString(HexFormat.of().parseHex(hex));
        return new GeneralName(GeneralName.iPAddress, octets);
    }

    private static byte[] names(GeneralName... names) throws IOException {
        return new GeneralNames(List.of(names).toArray(GeneralName[]::new)).getEncoded();
    }
}
