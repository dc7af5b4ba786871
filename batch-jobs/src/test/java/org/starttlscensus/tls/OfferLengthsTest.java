package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.ProbeKind;

/**
 * Some old load balancers hang at a ClientHello of 256 to 511 octets.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7685#section-1">RFC 7685, section 1</a>
 */
class OfferLengthsTest {

    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_HEADER = 4;
    private static final int ONE_PACKET = 1_220;
    private static final int LONGEST_NAME = 253;

    /** By any count: of the record, of the message, of its content; for every length of a name. */
    @ParameterizedTest
    @EnumSource(
            value = ProbeKind.class,
            names = {"STANDARD", "SMALL_HELLO", "ANONYMOUS_TOO", "NO_SERVER_NAME"})
    void noFirstMessageHasALengthAtWhichSomeServersHang(ProbeKind probeKind) {
        for (int length = 3; length <= LONGEST_NAME; length++) {
            var sent = sent(probeKind, name(length)).length;
            var content = sent - RECORD_HEADER - MESSAGE_HEADER;
            assertTrue(content > 511, "name of %d: %d octets".formatted(length, sent));
            if (probeKind == ProbeKind.SMALL_HELLO || probeKind == ProbeKind.ANONYMOUS_TOO)
                assertTrue(sent < ONE_PACKET, "name of %d: %d octets".formatted(length, sent));
        }
    }

    /** The campaign's offers are short enough for every name that is not very long, and are not padded. */
    @ParameterizedTest
    @EnumSource(ProbeKind.class)
    void theCampaignsOffersAreShorter(ProbeKind probeKind) {
        if (!probeKind.isOldVersion()) return;
        var sent = sent(probeKind, name(80)).length;
        assertTrue(sent < 256, () -> probeKind + ": " + sent + " octets");
    }

    private static byte[] sent(ProbeKind probeKind, Hostname name) {
        var sent = new ByteArrayOutputStream();
        new TlsClient(Offer.of(probeKind), HandshakeLimits.contract())
                .handshake(InputStream.nullInputStream(), sent, name);
        return sent.toByteArray();
    }

    private static Hostname name(int length) {
        var labels = "abcdefg.".repeat(length / 8 + 1).substring(0, length - 1);
        return new Hostname((labels.endsWith(".") ? labels.substring(0, length - 2) + "x" : labels) + "z");
    }
}
