package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.ProbeKind;

/** Every document describes exactly the ClientHello that is sent, and no published document ever changes. */
class OfferDocumentsTest {

    private static final Path DOCUMENTS = Path.of("../datasets/offers");
    private static final int SUPPORTED_GROUPS = 10;
    private static final int POINT_FORMATS = 11;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int KEY_SHARE = 51;
    private static final int RENEGOTIATION_SCSV = 0xff;
    private static final int ONE_PACKET = 1_220;
    private static final Map<String, Integer> VERSIONS =
            Map.of("TLSv1", 0x0301, "TLSv1.1", 0x0302, "TLSv1.2", 0x0303, "TLSv1.3", 0x0304);

    static Stream<String> documents() throws IOException {
        try (var files = Files.list(DOCUMENTS)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".properties"))
                    .map(name -> name.substring(0, name.length() - ".properties".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** Past nights refer to published documents, so a document never changes and a new offer is a new document. */
    @Test
    void noPublishedDocumentChanges() throws IOException {
        var pinned = Files.readAllLines(DOCUMENTS.resolve("SHA256SUMS")).stream()
                .map(line -> line.split("  "))
                .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0], (one, _) -> one, TreeMap::new));
        var found = new TreeMap<String, String>();
        for (var id : documents().toList()) {
            var name = id + ".properties";
            found.put(
                    name,
                    Octets.of(Files.readAllBytes(DOCUMENTS.resolve(name)))
                            .sha256()
                            .hex());
        }
        assertEquals(
                pinned,
                found,
                "an offer changed under its id: give it a new id, add its digest, and tell in datasets/CHANGES.md");
    }

    @Test
    void everyOfferIsInTheChangesOfDefinitions() throws IOException {
        var changes = Files.readString(Path.of("../datasets/CHANGES.md"));
        assertEquals(
                new TreeSet<>(),
                documents()
                        .filter(id -> !changes.contains("`" + id + "`"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void theClientHelloIsAsDocumented(String id) {
        var offer = OfferDocuments.read(id);
        var hello = hello(offer);
        var newest = offer.versions().getFirst().label();
        assertEquals(Math.min(0x0303, VERSIONS.get(newest)), hello.legacyVersion());
        if (newest.equals("TLSv1.3"))
            assertEquals(
                    offer.versions().stream()
                            .map(version -> VERSIONS.get(version.label()))
                            .toList(),
                    versions(hello));
        else
            assertFalse(hello.extensions().containsKey(SUPPORTED_VERSIONS)
                    && !versions(hello)
                            .equals(offer.versions().stream()
                                    .map(version -> VERSIONS.get(version.label()))
                                    .toList()));
        assertEquals(
                Stream.concat(
                                offer.cipherSuites().stream().map(IanaNames.CIPHER_SUITES::code),
                                Stream.of(RENEGOTIATION_SCSV))
                        .toList(),
                hello.suites());
        assertEquals(offer.groups().stream().map(IanaNames.GROUPS::code).toList(), listed(hello, SUPPORTED_GROUPS));
        assertEquals(
                VERSIONS.get(newest) < 0x0303
                        ? List.of()
                        : offer.signatureSchemes().stream()
                                .map(IanaNames.SIGNATURE_SCHEMES::code)
                                .toList(),
                listed(hello, SIGNATURE_ALGORITHMS));
        assertEquals(offer.keyShares().stream().map(IanaNames.GROUPS::code).toList(), shares(hello));
        var others = new TreeSet<>(hello.extensions().keySet());
        others.removeAll(List.of(SUPPORTED_GROUPS, POINT_FORMATS, SIGNATURE_ALGORITHMS, SUPPORTED_VERSIONS, KEY_SHARE));
        assertEquals(
                offer.extensions().stream()
                        .map(IanaNames.EXTENSIONS::code)
                        .collect(Collectors.toCollection(TreeSet::new)),
                others);
    }

    @Test
    void theSmallHelloIsTheStandardOneWithoutTheHybridGroup() {
        var standard = Offer.standard();
        var small = Offer.of(ProbeKind.SMALL_HELLO);
        assertTrue(hello(standard).length() > ONE_PACKET);
        assertTrue(hello(small).length() < ONE_PACKET, () -> hello(small).length() + " octets");
        assertEquals(standard.cipherSuites(), small.cipherSuites());
        assertEquals(
                Stream.concat(standard.extensions().stream(), Stream.of("padding"))
                        .toList(),
                small.extensions());
        assertEquals(
                standard.groups().stream()
                        .filter(group -> !group.contains("MLKEM"))
                        .toList(),
                small.groups());
    }

    @Test
    void theOfferForServersWithoutACertificateIsTheSmallOneAndMore() {
        var small = Offer.of(ProbeKind.SMALL_HELLO);
        var more = Offer.of(ProbeKind.ANONYMOUS_TOO);
        assertTrue(hello(more).length() < ONE_PACKET, () -> hello(more).length() + " octets");
        assertEquals(
                small.cipherSuites(),
                more.cipherSuites().subList(0, small.cipherSuites().size()));
        assertEquals(small.groups(), more.groups());
        assertEquals(small.extensions(), more.extensions());
    }

    @Test
    void theOfferWithoutANameIsOtherwiseTheStandardOne() {
        var standard = Offer.standard();
        var unnamed = Offer.of(ProbeKind.NO_SERVER_NAME);
        assertEquals(standard.cipherSuites(), unnamed.cipherSuites());
        assertEquals(standard.groups(), unnamed.groups());
        assertEquals(standard.keyShares(), unnamed.keyShares());
        assertEquals(
                standard.extensions().stream()
                        .filter(name -> !name.equals("server_name"))
                        .toList(),
                unnamed.extensions());
    }

    /** An offer of the campaign has only what it measures, by the code points of IANA's registry. */
    @ParameterizedTest
    @EnumSource(ProbeKind.class)
    void anOfferHasOnlyWhatItMeasures(ProbeKind probeKind) {
        var hello = hello(Offer.of(probeKind));
        var suites = hello.suites().stream()
                .filter(code -> code != RENEGOTIATION_SCSV)
                .map(IanaNames.CIPHER_SUITES::name)
                .toList();
        switch (probeKind) {
            case STANDARD, SMALL_HELLO, NO_SERVER_NAME, ONE_STARTTLS, EHLO_ONLY ->
                assertTrue(suites.stream().noneMatch(name -> name.matches(".*(RC4|3DES|anon|EXPORT|NULL).*")));
            case ANONYMOUS_TOO ->
                assertTrue(suites.stream().noneMatch(name -> name.matches(".*(RC4|3DES|EXPORT|NULL).*")));
            case TLS_1_0 -> assertEquals(0x0301, hello.legacyVersion());
            case TLS_1_1 -> assertEquals(0x0302, hello.legacyVersion());
            case TRIPLE_DES -> assertTrue(suites.stream().allMatch(name -> name.contains("_3DES_EDE_CBC_")));
            case RC4 -> assertTrue(suites.stream().allMatch(name -> name.contains("_RC4_128_")));
            case STATIC_RSA -> assertTrue(suites.stream().allMatch(name -> name.startsWith("TLS_RSA_WITH_")));
            case ANONYMOUS -> assertTrue(suites.stream().allMatch(name -> name.contains("DH_anon_WITH_")));
            case SMALL_DH -> {
                assertTrue(suites.stream().allMatch(name -> name.startsWith("TLS_DHE_")));
                assertFalse(
                        hello.extensions().containsKey(SUPPORTED_GROUPS),
                        "a server that is given groups need not name its own");
            }
        }
        if (probeKind.isOldVersion())
            assertTrue(hello.legacyVersion() <= 0x0303 && !hello.extensions().containsKey(KEY_SHARE));
    }

    @Test
    void aMissingDocumentIsOurError() {
        assertThrows(IllegalStateException.class, () -> OfferDocuments.read("offer-1999-01"));
    }

    private static ClientHelloBytes hello(Offer offer) {
        var sent = new ByteArrayOutputStream();
        new TlsClient(offer, HandshakeLimits.contract())
                .handshake(InputStream.nullInputStream(), sent, new Hostname("mx.example.org"));
        return ClientHelloBytes.parse(sent.toByteArray());
    }

    private static List<Integer> listed(ClientHelloBytes hello, int extension) {
        return hello.extensions().containsKey(extension) ? hello.list(extension) : List.of();
    }

    private static List<Integer> versions(ClientHelloBytes hello) {
        var content = ByteBuffer.wrap(hello.extensions().get(SUPPORTED_VERSIONS));
        content.get();
        var versions = new ArrayList<Integer>();
        while (content.hasRemaining()) versions.add(ClientHelloBytes.u16(content));
        return versions;
    }

    private static List<Integer> shares(ClientHelloBytes hello) {
        if (!hello.extensions().containsKey(KEY_SHARE)) return List.of();
        var content = ByteBuffer.wrap(hello.extensions().get(KEY_SHARE));
        ClientHelloBytes.u16(content);
        var groups = new ArrayList<Integer>();
        while (content.hasRemaining()) {
            groups.add(ClientHelloBytes.u16(content));
            content.position(content.position() + 2 + ClientHelloBytes.u16(content.duplicate()));
        }
        return groups;
    }
}
