package org.starttlscensus.dane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.starttlscensus.dane.DaneScene.HOST;
import static org.starttlscensus.dane.DaneScene.ISSUER;
import static org.starttlscensus.dane.DaneScene.ISSUER_OF_OLD_ROOT;
import static org.starttlscensus.dane.DaneScene.OLD_ISSUER;
import static org.starttlscensus.dane.DaneScene.OLD_ROOT;
import static org.starttlscensus.dane.DaneScene.OTHER;
import static org.starttlscensus.dane.DaneScene.ROOT;
import static org.starttlscensus.dane.DaneScene.SERVER;
import static org.starttlscensus.dane.DaneScene.record;
import static org.starttlscensus.dane.DaneScene.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.verdict.IssuedCertificate;

/** The same chains and records, judged by us and by OpenSSL, whose code decides for Postfix and Exim. */
class DaneBesideOpensslIT {

    private static final IssuedCertificate EXPIRED =
            server(HOST).valid("2019-01-01T00:00:00Z", "2020-01-01T00:00:00Z").by(ISSUER);
    private static final IssuedCertificate LATER =
            server(HOST).valid("2030-01-01T00:00:00Z", "2031-01-01T00:00:00Z").by(ISSUER);
    private static final IssuedCertificate SELF = server(HOST).selfSigned();
    private static final IssuedCertificate BELOW_OLD = server(HOST).by(OLD_ISSUER);
    private static final IssuedCertificate BELOW_OLD_ROOT = server(HOST).by(ISSUER_OF_OLD_ROOT);
    private static final IssuedCertificate WILDCARD = server("*.example.org").by(ISSUER);
    private static final IssuedCertificate BY_COMMON_NAME =
            IssuedCertificate.draft(HOST).by(ISSUER);
    private static final IssuedCertificate NAMESAKE =
            IssuedCertificate.ca("issuer").by(ROOT);
    private static final IssuedCertificate NO_CA = IssuedCertificate.ca("no CA")
            .with(Extension.basicConstraints, true, new BasicConstraints(false))
            .by(ROOT);
    private static final IssuedCertificate BELOW_NO_CA = server(HOST).by(NO_CA);
    private static final IssuedCertificate SIGNER = IssuedCertificate.draft("signer")
            .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
            .by(ROOT);
    private static final IssuedCertificate BELOW_SIGNER = server(HOST).by(SIGNER);
    private static final IssuedCertificate NOBODY =
            IssuedCertificate.draft("nobody").by(ROOT);
    private static final IssuedCertificate BELOW_NOBODY = server(HOST).by(NOBODY);
    private static final IssuedCertificate CLIENTS_ONLY = server(HOST)
            .with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
            .by(ISSUER);
    private static final IssuedCertificate CONSTRAINED = IssuedCertificate.ca("constrained")
            .with(
                    Extension.nameConstraints,
                    true,
                    new NameConstraints(
                            new GeneralSubtree[] {
                                new GeneralSubtree(new GeneralName(GeneralName.dNSName, "example.net"))
                            },
                            null))
            .by(ROOT);
    private static final IssuedCertificate BELOW_CONSTRAINED = server(HOST).by(CONSTRAINED);
    private static final IssuedCertificate SHALLOW = IssuedCertificate.ca("shallow")
            .with(Extension.basicConstraints, true, new BasicConstraints(0))
            .by(ROOT);
    private static final IssuedCertificate TOO_DEEP =
            IssuedCertificate.ca("too deep").by(SHALLOW);
    private static final IssuedCertificate BELOW_TOO_DEEP = server(HOST).by(TOO_DEEP);

    private final Map<String, String> ours = new TreeMap<>();
    private final Map<String, String> theirs = new TreeMap<>();

    @TempDir
    private Path directory;

    @Test
    void eachSituationEndsAlike() throws Exception {
        assumeTrue(OpensslPeer.isThere(), "openssl is not installed");
        own();
        issuers();
        flaws();
        digests();
        unusable();
        System.out.printf("dane: %d situations beside openssl, 2 differences explained%n", ours.size());
        // Usages 0 and 1 are for public CAs, and unusable for mail: RFC 7672, section 3.1.3.
        assertEquals("unusable", ours.remove("usage 0"));
        assertEquals("fail", theirs.remove("usage 0"));
        assertEquals("unusable", ours.remove("usage 1"));
        assertEquals("fail", theirs.remove("usage 1"));
        assertEquals(theirs, ours);
    }

    private void own() throws Exception {
        for (int selector = 0; selector <= 1; selector++) {
            for (int type = 0; type <= 2; type++) {
                judge("own " + selector + type, List.of(SERVER, ISSUER), record(3, selector, type, SERVER));
                judge("another " + selector + type, List.of(SERVER, ISSUER), record(3, selector, type, OTHER));
            }
        }
        judge("own, expired", List.of(EXPIRED), record(3, 1, 1, EXPIRED));
        judge("own, other name", List.of(OTHER), record(3, 1, 1, OTHER));
        judge("own, self-signed", List.of(SELF), record(3, 0, 1, SELF));
        judge("own, for clients only", List.of(CLIENTS_ONLY), record(3, 0, 1, CLIENTS_ONLY));
    }

    private void issuers() throws Exception {
        for (int selector = 0; selector <= 1; selector++) {
            for (int type = 0; type <= 2; type++) {
                var kind = " " + selector + type;
                judge("issuer" + kind, List.of(SERVER, ISSUER), record(2, selector, type, ISSUER));
                judge("root" + kind, List.of(SERVER, ISSUER, ROOT), record(2, selector, type, ROOT));
                judge("root, not sent" + kind, List.of(SERVER, ISSUER), record(2, selector, type, ROOT));
                judge("issuer, not sent" + kind, List.of(SERVER), record(2, selector, type, ISSUER));
                judge("self-signed" + kind, List.of(SELF), record(2, selector, type, SELF));
                judge("own as an issuer" + kind, List.of(SERVER, ISSUER), record(2, selector, type, SERVER));
                judge("old issuer" + kind, List.of(BELOW_OLD, OLD_ISSUER), record(2, selector, type, OLD_ISSUER));
                judge("old issuer, not sent" + kind, List.of(BELOW_OLD), record(2, selector, type, OLD_ISSUER));
                judge(
                        "old root" + kind,
                        List.of(BELOW_OLD_ROOT, ISSUER_OF_OLD_ROOT, OLD_ROOT),
                        record(2, selector, type, OLD_ROOT));
                judge(
                        "old root, not sent" + kind,
                        List.of(BELOW_OLD_ROOT, ISSUER_OF_OLD_ROOT),
                        record(2, selector, type, OLD_ROOT));
            }
        }
        judge("out of order", List.of(SERVER, ROOT, ISSUER), record(2, 0, 1, ROOT));
        judge("both", List.of(SERVER, ISSUER, ROOT), record(2, 0, 1, ROOT), record(2, 0, 1, ISSUER));
        judge("below an old issuer", List.of(BELOW_OLD, OLD_ISSUER, ROOT), record(2, 0, 1, ROOT));
        judge("below an old issuer, by key", List.of(BELOW_OLD, OLD_ISSUER), record(2, 1, 0, ROOT));
        judge("below an old root", List.of(BELOW_OLD_ROOT, ISSUER_OF_OLD_ROOT), record(2, 1, 1, ISSUER_OF_OLD_ROOT));
    }

    private void flaws() throws Exception {
        judge("other name", List.of(OTHER, ISSUER), record(2, 0, 1, ISSUER));
        judge("wildcard", List.of(WILDCARD, ISSUER), record(2, 0, 1, ISSUER));
        judge("common name", List.of(BY_COMMON_NAME, ISSUER), record(2, 0, 1, ISSUER));
        judge("expired", List.of(EXPIRED, ISSUER), record(2, 0, 1, ISSUER));
        judge("later", List.of(LATER, ISSUER), record(2, 0, 1, ISSUER));
        judge("namesake", List.of(SERVER, NAMESAKE), record(2, 0, 1, NAMESAKE));
        judge("no CA", List.of(BELOW_NO_CA, NO_CA), record(2, 0, 1, NO_CA));
        judge("no CA below a root", List.of(BELOW_NO_CA, NO_CA, ROOT), record(2, 0, 1, ROOT));
        judge("signer", List.of(BELOW_SIGNER, SIGNER), record(2, 0, 1, SIGNER));
        judge("signer, not sent", List.of(BELOW_SIGNER), record(2, 0, 0, SIGNER));
        judge("signer below a root", List.of(BELOW_SIGNER, SIGNER, ROOT), record(2, 0, 1, ROOT));
        judge("signer below a key", List.of(BELOW_SIGNER, SIGNER), record(2, 1, 0, ROOT));
        judge("nobody", List.of(BELOW_NOBODY, NOBODY), record(2, 0, 1, NOBODY));
        judge("nobody below a key", List.of(BELOW_NOBODY, NOBODY), record(2, 1, 0, ROOT));
        judge("for clients only", List.of(CLIENTS_ONLY, ISSUER), record(2, 0, 1, ISSUER));
        judge("constrained", List.of(BELOW_CONSTRAINED, CONSTRAINED), record(2, 0, 1, CONSTRAINED));
        judge("too deep", List.of(BELOW_TOO_DEEP, TOO_DEEP, SHALLOW), record(2, 0, 1, SHALLOW));
        judge("not too deep", List.of(BELOW_TOO_DEEP, TOO_DEEP, SHALLOW), record(2, 0, 1, TOO_DEEP));
    }

    private void digests() throws Exception {
        var chain = List.of(SERVER, ISSUER);
        judge("wrong 3 1 2, right 3 1 1", chain, record(3, 1, 2, OTHER), record(3, 1, 1, SERVER));
        judge("right 3 0 2, wrong 3 1 1", chain, record(3, 0, 2, SERVER), record(3, 1, 1, OTHER));
        judge("wrong 3 1 2, right 3 0 1", chain, record(3, 1, 2, OTHER), record(3, 0, 1, SERVER));
        judge("wrong 3 1 2, right 3 1 0", chain, record(3, 1, 2, OTHER), record(3, 1, 0, SERVER));
        judge("wrong 2 1 2, right 2 1 1", chain, record(2, 1, 2, OTHER), record(2, 1, 1, ISSUER));
        judge("wrong 2 1 2, right 2 0 1", chain, record(2, 1, 2, OTHER), record(2, 0, 1, ISSUER));
        judge("wrong 3 1 2, right 2 1 1", chain, record(3, 1, 2, OTHER), record(2, 1, 1, ISSUER));
        judge("right 2 0 0 not sent, wrong 2 0 2", List.of(SERVER), record(2, 0, 0, ISSUER), record(2, 0, 2, OTHER));
        judge("rollover", chain, record(3, 1, 1, OTHER), record(3, 1, 1, SERVER));
        judge("both usages", chain, record(2, 0, 1, ISSUER), record(3, 1, 1, SERVER));
    }

    private void unusable() throws Exception {
        var chain = List.of(SERVER, ISSUER);
        judge("short digest", chain, "3 1 1 abcd");
        judge("short and right", chain, "3 1 2 abcd", record(3, 1, 1, SERVER));
        judge("short and wrong", chain, "3 1 2 abcd", record(3, 1, 1, OTHER));
        judge("unknown type", chain, "3 1 3 abcd");
        judge("unknown selector", chain, "3 2 1 " + "ab".repeat(32));
        judge("unknown usage", chain, "4 1 1 " + "ab".repeat(32));
        judge("no certificate", chain, "3 0 0 3003020101");
        judge("no issuer", chain, "2 0 0 3003020101");
        judge("no key", chain, "3 1 0 3003020101");
        judge("octets follow", chain, record(3, 1, 0, SERVER) + "00");
        judge("usage 0", chain, record(0, 0, 1, ISSUER));
        judge("usage 1", chain, record(1, 1, 1, SERVER));
    }

    /** A depth is compared where both pass: where it fails, openssl does not say it. */
    private void judge(String situation, List<IssuedCertificate> chain, String... records) throws Exception {
        var sent = new ArrayList<>(chain);
        var found = DaneScene.judge(sent.stream().map(IssuedCertificate::der).toList(), records);
        ours.put(
                situation,
                found.status() == DaneStatus.PASS
                        ? DaneScene.told(found)
                        : found.status().label());
        theirs.put(
                situation,
                new OpensslPeer(directory).verdict(sent.getFirst(), sent.subList(1, sent.size()), List.of(records)));
    }
}
