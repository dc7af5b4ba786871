package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class IanaNamesTest {

    @Test
    void knowsTheRegistries() {
        assertEquals("TLS_AES_256_GCM_SHA384", IanaNames.CIPHER_SUITES.name(0x1302));
        assertEquals("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", IanaNames.CIPHER_SUITES.name(0xcca8));
        assertEquals("TLS_RSA_WITH_AES_128_CBC_SHA", IanaNames.CIPHER_SUITES.name(0x002f));
        assertEquals("X25519MLKEM768", IanaNames.GROUPS.name(0x11ec));
        assertEquals("x25519", IanaNames.GROUPS.name(29));
        assertEquals("ffdhe2048", IanaNames.GROUPS.name(256));
        assertEquals("rsa_pss_rsae_sha256", IanaNames.SIGNATURE_SCHEMES.name(0x0804));
        assertEquals("mldsa65", IanaNames.SIGNATURE_SCHEMES.name(0x0905));
        assertEquals("handshake_failure", IanaNames.ALERTS.name(40));
        assertEquals("certificate_required", IanaNames.ALERTS.name(116));
    }

    @Test
    void writesAnUnknownCodeAsHexadecimal() {
        assertEquals("0x4A4A", IanaNames.CIPHER_SUITES.name(0x4a4a));
    }

    @Test
    void findsTheCodeOfAKnownNameOnly() {
        assertEquals(0x11ec, IanaNames.GROUPS.code("X25519MLKEM768"));
        assertThrows(IllegalArgumentException.class, () -> IanaNames.GROUPS.code("X25519"));
    }
}
