package org.starttlscensus.tls;

import static de.rub.nds.modifiablevariable.util.Modifiable.explicit;
import static de.rub.nds.modifiablevariable.util.Modifiable.xor;

import de.rub.nds.tlsattacker.core.config.Config;
import de.rub.nds.tlsattacker.core.constants.CipherSuite;
import de.rub.nds.tlsattacker.core.constants.KeyUpdateRequest;
import de.rub.nds.tlsattacker.core.constants.ProtocolVersion;
import de.rub.nds.tlsattacker.core.protocol.ProtocolMessage;
import de.rub.nds.tlsattacker.core.protocol.message.ApplicationMessage;
import de.rub.nds.tlsattacker.core.protocol.message.CertificateMessage;
import de.rub.nds.tlsattacker.core.protocol.message.CertificateVerifyMessage;
import de.rub.nds.tlsattacker.core.protocol.message.ChangeCipherSpecMessage;
import de.rub.nds.tlsattacker.core.protocol.message.ClientHelloMessage;
import de.rub.nds.tlsattacker.core.protocol.message.DHEServerKeyExchangeMessage;
import de.rub.nds.tlsattacker.core.protocol.message.ECDHEServerKeyExchangeMessage;
import de.rub.nds.tlsattacker.core.protocol.message.EncryptedExtensionsMessage;
import de.rub.nds.tlsattacker.core.protocol.message.FinishedMessage;
import de.rub.nds.tlsattacker.core.protocol.message.HelloRequestMessage;
import de.rub.nds.tlsattacker.core.protocol.message.KeyUpdateMessage;
import de.rub.nds.tlsattacker.core.protocol.message.ServerHelloDoneMessage;
import de.rub.nds.tlsattacker.core.protocol.message.ServerHelloMessage;
import de.rub.nds.tlsattacker.core.workflow.WorkflowTrace;
import de.rub.nds.tlsattacker.core.workflow.action.SendAction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.starttlscensus.fact.TlsFailure.Detail;

/** Hostile or broken TLS servers, and the failure that the handshake with each (or the session after it) must have. */
enum HostileTlsPeer {

    // it refuses (TLS-Attacker does not send an alert at the start of a flight, so these send octets)
    FATAL_HANDSHAKE_FAILURE(Detail.ALERT, says("15030300020228")),
    FATAL_PROTOCOL_VERSION(Detail.VERSION, says("15030300020246")),
    FATAL_UNRECOGNIZED_NAME(Detail.ALERT, says("15030300020270")),
    FATAL_OF_A_NUMBER_THAT_NOBODY_KNOWS(Detail.ALERT, says("150303000202fa")),
    GOODBYE(Detail.CLOSED, says("15030300020100")),
    ALERT_STORM(Detail.TIMEOUT, says("15030300020170".repeat(5_000))),
    ALERT_FLOOD(Detail.BYTES, says("15030300020170".repeat(50_000))),
    NO_TLS_AT_ALL(Detail.ALERT, says("353030204572726f720d0a")),

    // it is silent, or slow
    DRIP(Detail.TIMEOUT, () -> AttackerPeer.dripping(hex("16030300ff020000fb0303" + "ab".repeat(500)))),
    SILENCE(Detail.TIMEOUT, answers(_ -> List.of())),
    SILENCE_AFTER_HELLO(Detail.TIMEOUT, answers(config -> List.of(new ServerHelloMessage(config)))),
    SILENCE_AFTER_CERTIFICATE(
            Detail.TIMEOUT, answers(config -> List.of(new ServerHelloMessage(config), new CertificateMessage()))),
    HELLO_REQUEST_STORM(Detail.TIMEOUT, answers(_ -> Collections.nCopies(500, new HelloRequestMessage()))),

    // it chooses what was not offered
    SSL_3(Detail.VERSION, helloWith(hello -> hello.setProtocolVersion(explicit(hex("0300"))))),
    A_VERSION_OF_THE_FUTURE(Detail.VERSION, helloWith(hello -> hello.setProtocolVersion(explicit(hex("0505"))))),
    A_SUITE_NOT_OFFERED(Detail.ALERT, helloWith(hello -> hello.setSelectedCipherSuite(explicit(hex("0005"))))),
    THE_NULL_SUITE(Detail.ALERT, helloWith(hello -> hello.setSelectedCipherSuite(explicit(hex("0000"))))),
    COMPRESSION(Detail.ALERT, helloWith(hello -> hello.setSelectedCompressionMethod(explicit((byte) 1)))),
    AN_EXTENSION_NOBODY_ASKED_FOR(
            Detail.ALERT, helloWith(hello -> hello.setExtensionBytes(explicit(hex("001000050003026832"))))),
    EXTENSIONS_LONGER_THAN_THE_MESSAGE(Detail.ALERT, helloWith(hello -> hello.setExtensionsLength(explicit(0xffff)))),
    A_SESSION_ID_LONGER_THAN_ALLOWED(Detail.ALERT, helloWith(hello -> hello.setSessionIdLength(explicit(255)))),

    // messages out of order
    CERTIFICATE_FIRST(Detail.ALERT, answers(_ -> List.of(new CertificateMessage()))),
    TWO_HELLOS(
            Detail.ALERT, answers(config -> List.of(new ServerHelloMessage(config), new ServerHelloMessage(config)))),
    DONE_WITHOUT_A_KEY(
            Detail.ALERT,
            answers(config ->
                    List.of(new ServerHelloMessage(config), new CertificateMessage(), new ServerHelloDoneMessage()))),
    FINISHED_AT_ONCE(Detail.ALERT, answers(_ -> List.of(finished()))),
    DATA_AT_ONCE(Detail.ALERT, answers(_ -> List.of(data()))),
    CHANGE_CIPHER_SPEC_AT_ONCE(Detail.ALERT, answers(_ -> List.of(new ChangeCipherSpecMessage()))),
    A_CLIENT_HELLO(Detail.ALERT, answers(config -> List.of(new ClientHelloMessage(config)))),

    // certificates
    NO_CERTIFICATE(Detail.ALERT, certificates(new byte[0])),
    A_CERTIFICATE_OF_300_KIB(Detail.BYTES, certificates(certificateList(1, new byte[300 * 1_024]))),
    A_HUNDRED_AND_ONE_CERTIFICATES(Detail.TOO_MANY_CERTIFICATES, certificates(certificateList(101, small()))),
    A_KEY_OF_16385_BITS(
            Detail.KEY_TOO_LARGE,
            certificates(certificateList(1, TestCertificates.ofAKeyOf(16_385).toArray()))),
    A_KEY_OF_16384_BITS_THAT_DID_NOT_SIGN(
            Detail.ALERT,
            certificates(certificateList(1, TestCertificates.ofAKeyOf(16_384).toArray()))),
    A_CERTIFICATE_THAT_IS_NOISE(Detail.ALERT, certificates(certificateList(1, hex("deadbeef")))),
    A_LIST_LONGER_THAN_IT_IS(
            Detail.ALERT,
            shakes12((_, trace) ->
                    AttackerPeer.sent(trace, CertificateMessage.class).setCertificatesListLength(explicit(0xfffff0)))),

    // key exchange
    A_GROUP_OF_16384_BITS(Detail.KEY_TOO_LARGE, dhe(message -> message.setModulus(explicit(allOnes(16_384))))),
    A_GROUP_OF_ONE(Detail.ALERT, dhe(message -> message.setModulus(explicit(hex("01"))))),
    A_PUBLIC_KEY_OF_ZERO(Detail.ALERT, dhe(message -> message.setPublicKey(explicit(hex("00"))))),
    A_POINT_THAT_IS_NONE(Detail.ALERT, ecdhe(message -> message.setPublicKey(explicit(new byte[32])))),
    A_CURVE_OF_ITS_OWN(Detail.ALERT, ecdhe(message -> message.setCurveType(explicit((byte) 1)))),
    A_CURVE_NOBODY_KNOWS(Detail.ALERT, ecdhe(message -> message.setNamedGroup(explicit(hex("fefe"))))),
    A_BAD_SIGNATURE(Detail.ALERT, ecdhe(message -> message.setSignature(xor(hex("ff"), 20)))),
    A_BAD_FINISHED(
            Detail.ALERT,
            shakes12((_, trace) ->
                    AttackerPeer.sent(trace, FinishedMessage.class).setVerifyData(xor(hex("ff"), 3)))),

    // TLS 1.3
    A_BAD_CERTIFICATE_VERIFY(
            Detail.ALERT,
            shakes13((_, trace) ->
                    AttackerPeer.sent(trace, CertificateVerifyMessage.class).setSignature(xor(hex("ff"), 20)))),
    A_BAD_FINISHED_IN_TLS_1_3(
            Detail.ALERT,
            shakes13((_, trace) ->
                    AttackerPeer.sent(trace, FinishedMessage.class).setVerifyData(xor(hex("ff"), 3)))),
    NO_CERTIFICATE_IN_TLS_1_3(
            Detail.ALERT,
            shakes13((_, trace) -> AttackerPeer.sent(trace, CertificateMessage.class)
                    .setCertificatesListBytes(explicit(new byte[0])))),
    A_RETRY_FOR_A_SHARE_THAT_IS_THERE(Detail.ALERT, answers13(config -> List.of(new ServerHelloMessage(config, true)))),
    ENCRYPTED_EXTENSIONS_IN_CLEAR(Detail.ALERT, answers13(_ -> List.of(new EncryptedExtensionsMessage()))),

    // the session after it
    RENEGOTIATION_STORM(
            Detail.TIMEOUT,
            shakes12((_, trace) ->
                    trace.addTlsAction(new SendAction(Collections.nCopies(50, new HelloRequestMessage()))))),
    KEY_UPDATE_STORM(
            Detail.TIMEOUT,
            shakes13((_, trace) -> trace.addTlsAction(new SendAction(Collections.nCopies(200, keyUpdate()))))),
    SILENCE_AFTER_IT(Detail.TIMEOUT, shakes13((_, _) -> {}));

    private final Detail detail;
    private final Opening opening;

    HostileTlsPeer(Detail detail, Opening opening) {
        this.detail = detail;
        this.opening = opening;
    }

    private interface Opening {
        LoopbackServer open() throws IOException;
    }

    private interface Change<M> {
        void to(M message);
    }

    Detail detail() {
        return detail;
    }

    LoopbackServer open() throws IOException {
        return opening.open();
    }

    private static Opening says(String octets) {
        return () -> AttackerPeer.saying(hex(octets));
    }

    private static Opening answers(Function<Config, List<ProtocolMessage>> messages) {
        return () -> AttackerPeer.answering(
                ProtocolVersion.TLS12, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, messages);
    }

    private static Opening answers13(Function<Config, List<ProtocolMessage>> messages) {
        return () -> AttackerPeer.answering(ProtocolVersion.TLS13, CipherSuite.TLS_AES_128_GCM_SHA256, messages);
    }

    private static Opening helloWith(Change<ServerHelloMessage> change) {
        return answers(config -> {
            var hello = new ServerHelloMessage(config);
            change.to(hello);
            return List.of(hello);
        });
    }

    private static Opening shakes12(BiConsumer<Config, WorkflowTrace> change) {
        return () ->
                AttackerPeer.shaking(ProtocolVersion.TLS12, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, change);
    }

    private static Opening shakes13(BiConsumer<Config, WorkflowTrace> change) {
        return () -> AttackerPeer.shaking(ProtocolVersion.TLS13, CipherSuite.TLS_AES_128_GCM_SHA256, change);
    }

    private static Opening dhe(Change<DHEServerKeyExchangeMessage> change) {
        return () -> AttackerPeer.shaking(
                ProtocolVersion.TLS12,
                CipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
                (_, trace) -> change.to(AttackerPeer.sent(trace, DHEServerKeyExchangeMessage.class)));
    }

    private static Opening ecdhe(Change<ECDHEServerKeyExchangeMessage> change) {
        return shakes12((_, trace) -> change.to(AttackerPeer.sent(trace, ECDHEServerKeyExchangeMessage.class)));
    }

    private static Opening certificates(byte[] list) {
        return shakes12((_, trace) ->
                AttackerPeer.sent(trace, CertificateMessage.class).setCertificatesListBytes(explicit(list)));
    }

    private static byte[] certificateList(int count, byte[] der) {
        var list = new byte[count * (3 + der.length)];
        for (int i = 0; i < count; i++) {
            int at = i * (3 + der.length);
            list[at] = (byte) (der.length >> 16);
            list[at + 1] = (byte) (der.length >> 8);
            list[at + 2] = (byte) der.length;
            System.arraycopy(der, 0, list, at + 3, der.length);
        }
        return list;
    }

    private static byte[] small() {
        return TestCertificates.named(TestCertificates.ecKey("secp256r1"), "mx.example.org")
                .toArray();
    }

    private static FinishedMessage finished() {
        var finished = new FinishedMessage();
        finished.setVerifyData(explicit(new byte[12]));
        return finished;
    }

    private static ApplicationMessage data() {
        var data = new ApplicationMessage();
        data.setData(explicit("250 mx.example.org\r\n".getBytes(StandardCharsets.US_ASCII)));
        return data;
    }

    private static KeyUpdateMessage keyUpdate() {
        var update = new KeyUpdateMessage();
        update.setRequestMode(KeyUpdateRequest.UPDATE_NOT_REQUESTED);
        return update;
    }

    private static byte[] allOnes(int bits) {
        var number = new byte[bits / 8];
        Arrays.fill(number, (byte) 0xff);
        return number;
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
