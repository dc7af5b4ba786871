package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.TlsVersion;

class OfferTest {

    private static final int SERVER_NAME = 0;
    private static final int SUPPORTED_GROUPS = 10;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int ENCRYPT_THEN_MAC = 22;
    private static final int EXTENDED_MASTER_SECRET = 23;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int KEY_SHARE = 51;
    private static final int EMPTY_RENEGOTIATION_INFO_SCSV = 0xff;

    private static final List<String> EXTENSIONS = List.of("server_name", "extended_master_secret", "encrypt_then_mac");

    private final ClientHelloBytes hello = hello();

    @Test
    void offersFourVersionsNewestFirst() {
        var content = ByteBuffer.wrap(hello.extensions().get(SUPPORTED_VERSIONS));
        assertEquals(8, content.get());
        assertEquals(List.of(0x0304, 0x0303, 0x0302, 0x0301), u16s(content));
        assertEquals(0x0303, hello.legacyVersion());
        assertEquals(0x0301, hello.recordVersion());
    }

    @Test
    void offersForwardSecretAeadFirstAndStaticRsaLast() {
        assertEquals(
                List.of(
                        0x1301,
                        0x1302,
                        0x1303,
                        0xc02b,
                        0xc02f,
                        0xc02c,
                        0xc030,
                        0xcca9,
                        0xcca8,
                        0x009e,
                        0x009f,
                        0xccaa,
                        0xc023,
                        0xc027,
                        0xc024,
                        0xc028,
                        0xc009,
                        0xc013,
                        0xc00a,
                        0xc014,
                        0x0067,
                        0x006b,
                        0x0033,
                        0x0039,
                        0x009c,
                        0x009d,
                        0x003c,
                        0x003d,
                        0x002f,
                        0x0035,
                        EMPTY_RENEGOTIATION_INFO_SCSV),
                hello.suites());
    }

    @Test
    void offersTheHybridGroupsFirst() {
        assertEquals(
                List.of(0x11ec, 0x11eb, 0x11ed, 29, 23, 24, 25, 30, 256, 257, 258, 259, 260, 0x0201, 0x0202),
                hello.list(SUPPORTED_GROUPS));
    }

    @Test
    void sendsSharesForTheHybridGroupAndX25519() {
        var shares = ByteBuffer.wrap(hello.extensions().get(KEY_SHARE));
        ClientHelloBytes.u16(shares);
        assertEquals(0x11ec, ClientHelloBytes.u16(shares));
        var hybrid = new byte[ClientHelloBytes.u16(shares)];
        shares.get(hybrid);
        assertEquals(1184 + 32, hybrid.length);
        assertEquals(29, ClientHelloBytes.u16(shares));
        var alone = new byte[ClientHelloBytes.u16(shares)];
        shares.get(alone);
        assertEquals(32, alone.length);
        assertArrayEquals(
                alone, Arrays.copyOfRange(hybrid, hybrid.length - 32, hybrid.length), "one X25519 key in both");
    }

    @Test
    void offersSha1SignaturesLast() {
        var schemes = hello.list(SIGNATURE_ALGORITHMS);
        assertEquals(List.of(0x0403, 0x0804, 0x0401), schemes.subList(0, 3));
        assertEquals(List.of(0x0201, 0x0203), schemes.subList(schemes.size() - 2, schemes.size()));
    }

    @Test
    void namesTheMailServer() {
        var name = hello.extensions().get(SERVER_NAME);
        assertEquals("mx.example.org", new String(name, 5, name.length - 5, StandardCharsets.US_ASCII));
    }

    @Test
    void sendsNoOtherExtension() {
        assertEquals(
                Set.of(
                        SERVER_NAME,
                        5,
                        SUPPORTED_GROUPS,
                        11,
                        SIGNATURE_ALGORITHMS,
                        18,
                        ENCRYPT_THEN_MAC,
                        EXTENDED_MASTER_SECRET,
                        35,
                        SUPPORTED_VERSIONS,
                        KEY_SHARE),
                hello.extensions().keySet());
    }

    @Test
    void fitsTwoPackets() {
        System.out.printf("ClientHello with its record header: %d octets%n", hello.length());
        assertTrue(hello.length() > 1_216 && hello.length() < 2 * 1_220, () -> hello.length() + " octets");
    }

    @Test
    void isInvalidWithUnknownNames() {
        var names = List.of("TLS_AES_128_GCM_SHA256");
        assertThrows(
                IllegalArgumentException.class,
                () -> new Offer(
                        "typo",
                        ProbeKind.STANDARD,
                        List.of(TlsVersion.TLS_1_3),
                        List.of("TLS_AES_129_GCM_SHA256"),
                        List.of("x25519"),
                        List.of("x25519"),
                        List.of("ed25519"),
                        EXTENSIONS));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Offer(
                        "share without group",
                        ProbeKind.STANDARD,
                        List.of(TlsVersion.TLS_1_3),
                        names,
                        List.of("x25519"),
                        List.of("secp256r1"),
                        List.of("ed25519"),
                        EXTENSIONS));
    }

    private static ClientHelloBytes hello() {
        var sent = new ByteArrayOutputStream();
        new TlsClient(Offer.standard(), HandshakeLimits.contract())
                .handshake(InputStream.nullInputStream(), sent, new Hostname("mx.example.org"));
        return ClientHelloBytes.parse(sent.toByteArray());
    }

    private static List<Integer> u16s(ByteBuffer octets) {
        var values = new ArrayList<Integer>();
        while (octets.hasRemaining()) values.add(ClientHelloBytes.u16(octets));
        return values;
    }
}
