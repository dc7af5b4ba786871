package org.starttlscensus.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.bouncycastle.tls.ClientHello;
import org.bouncycastle.tls.HandshakeMessageInput;
import org.bouncycastle.tls.HandshakeType;
import org.bouncycastle.tls.ServerHello;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.util.Arrays;
import org.starttlscensus.fact.HandshakeMessage;

/** Bouncy Castle's engine. Records each message of the server as it arrives. */
final class ObservedProtocol extends TlsClientProtocol {

    private final ConnectionGuard guard;
    private final CapturingCrypto crypto;
    private final TraitsRecorder traits;
    private final CensusTlsClient peer;

    ObservedProtocol(
            InputStream in,
            OutputStream out,
            ConnectionGuard guard,
            CapturingCrypto crypto,
            TraitsRecorder traits,
            CensusTlsClient peer) {
        super(in, out);
        this.guard = guard;
        this.crypto = crypto;
        this.traits = traits;
        this.peer = peer;
    }

    @Override
    protected void sendClientHelloMessage() throws IOException {
        if (peer.pads()) Padding.fill(clientHello, getContext());
        super.sendClientHelloMessage();
    }

    @Override
    protected void handleHandshakeMessage(short type, HandshakeMessageInput message) throws IOException {
        guard.passed(message(type));
        if (type == HandshakeType.certificate_status && keepsStaple()) {
            // The engine must not parse it: a malformed staple is no reason to break off the handshake.
            traits.certificateStatus(message.readAllBytes());
            connection_state = CS_SERVER_CERTIFICATE_STATUS;
            return;
        }
        super.handleHandshakeMessage(type, message);
        if (type == HandshakeType.certificate) crypto.endOfChain();
    }

    @Override
    protected void receiveCertificateRequest(ByteArrayInputStream message) throws IOException {
        guard.noteClientCertificateRequest();
        super.receiveCertificateRequest(
                CertificateRequestMessage.withoutAuthorities(message, TlsUtils.isTLSv12(getContext())));
    }

    @Override
    protected void receive13CertificateRequest(ByteArrayInputStream message, boolean afterHandshake)
            throws IOException {
        guard.noteClientCertificateRequest();
        super.receive13CertificateRequest(CertificateRequestMessage.withoutAuthorities13(message), afterHandshake);
    }

    /** Replaces an RC4 suite that we offered with its substitute, which the engine knows (see {@link Rc4}). */
    @Override
    protected ServerHello receiveServerHelloMessage(ByteArrayInputStream message) throws IOException {
        var hello = super.receiveServerHelloMessage(message);
        if (Arrays.contains(clientHello.getCipherSuites(), hello.getCipherSuite())) ignoreUselessExtension(hello);
        var substitute = Rc4.substitute(hello.getCipherSuite())
                .filter(_ -> Arrays.contains(clientHello.getCipherSuites(), hello.getCipherSuite()));
        if (substitute.isEmpty()) return hello;
        crypto.useRc4(hello.getCipherSuite());
        clientHello = new ClientHello(
                clientHello.getVersion(),
                clientHello.getRandom(),
                clientHello.getSessionID(),
                clientHello.getCookie(),
                Arrays.append(clientHello.getCipherSuites(), substitute.get()),
                clientHello.getExtensions(),
                clientHello.getBindersSize());
        return new ServerHello(
                hello.getVersion(), hello.getRandom(), hello.getSessionID(), substitute.get(), hello.getExtensions());
    }

    /**
     * A server must not answer encrypt_then_mac where it chooses a suite without a separate MAC. Some do; other clients
     * take no notice.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7366#section-3">RFC 7366, section 3: applying
     *     encrypt-then-MAC</a>
     */
    private static void ignoreUselessExtension(ServerHello hello) throws IOException {
        if (hello.getExtensions() != null && !TlsUtils.isBlockCipherSuite(hello.getCipherSuite()))
            hello.getExtensions().remove(TlsExtensionsUtils.EXT_encrypt_then_mac);
    }

    private boolean keepsStaple() {
        return connection_state == CS_SERVER_CERTIFICATE
                && getContext().getSecurityParametersHandshake().getStatusRequestVersion() > 0;
    }

    @Override
    protected void process13HelloRetryRequest(ServerHello request) throws IOException {
        guard.passed(HandshakeMessage.HELLO_RETRY_REQUEST);
        traits.helloRetryRequest();
        super.process13HelloRetryRequest(request);
        peer.chose(TlsExtensionsUtils.getKeyShareHelloRetryRequest(request.getExtensions()));
    }

    @Override
    protected void process13ServerHello(ServerHello hello, boolean afterRetry) throws IOException {
        var share = TlsExtensionsUtils.getKeyShareServerHello(hello.getExtensions());
        if (share != null) peer.chose(share.getNamedGroup());
        super.process13ServerHello(hello, afterRetry);
    }

    @Override
    protected void receive13NewSessionTicket(ByteArrayInputStream ticket) throws IOException {
        super.receive13NewSessionTicket(ticket);
        traits.sessionTicket();
    }

    private static HandshakeMessage message(short type) {
        return switch (type) {
            case HandshakeType.server_hello -> HandshakeMessage.SERVER_HELLO;
            case HandshakeType.encrypted_extensions -> HandshakeMessage.ENCRYPTED_EXTENSIONS;
            case HandshakeType.certificate -> HandshakeMessage.CERTIFICATE;
            case HandshakeType.certificate_status -> HandshakeMessage.CERTIFICATE_STATUS;
            case HandshakeType.server_key_exchange -> HandshakeMessage.SERVER_KEY_EXCHANGE;
            case HandshakeType.certificate_request -> HandshakeMessage.CERTIFICATE_REQUEST;
            case HandshakeType.server_hello_done -> HandshakeMessage.SERVER_HELLO_DONE;
            case HandshakeType.certificate_verify -> HandshakeMessage.CERTIFICATE_VERIFY;
            case HandshakeType.new_session_ticket -> HandshakeMessage.NEW_SESSION_TICKET;
            case HandshakeType.finished -> HandshakeMessage.FINISHED;
            default -> HandshakeMessage.OTHER;
        };
    }
}
