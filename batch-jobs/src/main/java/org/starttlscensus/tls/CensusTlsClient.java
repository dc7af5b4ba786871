package org.starttlscensus.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import java.util.stream.Collectors;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.NewSessionTicket;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsDHGroupVerifier;
import org.bouncycastle.tls.TlsKeyExchangeFactory;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure.Detail;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.fact.TlsVersion;

/** Our side of one handshake: makes the offer, accepts everything within the limits, and records what it sees. */
final class CensusTlsClient extends AbstractTlsClient {

    private final Offer offer;
    private final Hostname serverName;
    private final ConnectionGuard guard;
    private final CapturingCrypto capture;
    private final TraitsRecorder traits;
    private Optional<TlsVersion> version = Optional.empty();
    private Optional<Integer> suite = Optional.empty();
    private Optional<String> group13 = Optional.empty();
    private @Nullable TlsSession session;

    CensusTlsClient(
            Offer offer, Hostname serverName, ConnectionGuard guard, CapturingCrypto capture, TraitsRecorder traits) {
        super(capture);
        this.offer = offer;
        this.serverName = serverName;
        this.guard = guard;
        this.capture = capture;
        this.traits = traits;
    }

    /** The facts of the finished handshake; a session ticket may still be added later. */
    TlsSession session() {
        if (session == null) throw new IllegalStateException("no handshake has finished");
        return traits.hasSessionTicket() ? session.with(session.traits().withSessionTicket()) : session;
    }

    /** What the server has shown so far; empty before it has chosen version and suite. */
    Optional<TlsSession> shown() {
        if (version.isEmpty() || suite.isEmpty()) return Optional.empty();
        var tls13 = version.get() == TlsVersion.TLS_1_3;
        return Optional.of(new TlsSession(
                version.get(),
                IanaNames.CIPHER_SUITES.name(capture.rc4Suite().orElse(suite.get())),
                tls13 ? group13 : capture.group(),
                capture.scheme(),
                guard.clientCertificateRequested(),
                capture.chain(),
                offer.id(),
                traits.traits(tls13)));
    }

    /** Whether our first message must not have a length at which some servers hang. */
    boolean pads() {
        return offer.has("padding");
    }

    /** Called in TLS 1.3: the server has chosen this group, or asks for a share of it. */
    void chose(int group) {
        group13 = Optional.of(IanaNames.GROUPS.name(group));
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return offer.versions().stream().map(CensusTlsClient::protocolVersion).toArray(ProtocolVersion[]::new);
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return offer.cipherSuites().stream()
                .mapToInt(IanaNames.CIPHER_SUITES::code)
                .toArray();
    }

    @Override
    protected Vector<Integer> getSupportedGroups(@SuppressWarnings("rawtypes") Vector roles) {
        return groups(offer.groups());
    }

    @Override
    public Vector<Integer> getEarlyKeyShareGroups() {
        return groups(offer.keyShares());
    }

    @Override
    protected Vector<SignatureAndHashAlgorithm> getSupportedSignatureAlgorithms() {
        return offer.signatureSchemes().stream()
                .map(IanaNames.SIGNATURE_SCHEMES::code)
                .map(SignatureScheme::getSignatureAndHashAlgorithm)
                .collect(Collectors.toCollection(Vector::new));
    }

    @Override
    protected @Nullable Vector<ServerName> getSNIServerNames() {
        if (!offer.has("server_name")) return null;
        return new Vector<>(
                List.of(new ServerName(NameType.host_name, serverName.ascii().getBytes(StandardCharsets.US_ASCII))));
    }

    @Override
    protected @Nullable CertificateStatusRequest getCertificateStatusRequest() {
        return offer.has("status_request") ? super.getCertificateStatusRequest() : null;
    }

    @Override
    public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
        @SuppressWarnings("unchecked")
        Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
        for (var empty : List.of("signed_certificate_timestamp", "session_ticket")) {
            if (offer.has(empty)) extensions.put(IanaNames.EXTENSIONS.code(empty), TlsUtils.EMPTY_BYTES);
        }
        return extensions;
    }

    @Override
    public void processServerExtensions(@SuppressWarnings("rawtypes") @Nullable Hashtable extensions)
            throws IOException {
        if (!TlsUtils.isTLSv13(context)) traits.extensions(extensions);
        super.processServerExtensions(extensions);
    }

    /**
     * An empty ticket means that the server sends none after all.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc5077#section-3.3">RFC 5077, section 3.3: NewSessionTicket</a>
     */
    @Override
    public void notifyNewSessionTicket(NewSessionTicket ticket) throws IOException {
        super.notifyNewSessionTicket(ticket);
        if (ticket.getTicket() != null && ticket.getTicket().length > 0) traits.sessionTicket();
    }

    /** No limit here: the guard limits the number, so that too many certificates are no decode error. */
    @Override
    public int getMaxCertificateChainLength() {
        return Integer.MAX_VALUE;
    }

    /** No limit here: the guard counts octets as they arrive, and an announced length costs nothing. */
    @Override
    public int getMaxHandshakeMessageSize() {
        return Integer.MAX_VALUE;
    }

    /** Many mail servers close without a close_notify. */
    @Override
    public boolean requiresCloseNotify() {
        return false;
    }

    /** Servers without RFC 5746 are recorded, not refused. We never renegotiate. */
    @Override
    public void notifySecureRenegotiation(boolean secureRenegotiation) {
        traits.secureRenegotiation(secureRenegotiation);
    }

    @Override
    public TlsKeyExchangeFactory getKeyExchangeFactory() {
        return new RecordingKeyExchanges(capture);
    }

    @Override
    public TlsDHGroupVerifier getDHGroupVerifier() {
        return group -> capture.acceptable(group.getP());
    }

    @Override
    public void notifyServerVersion(ProtocolVersion chosen) {
        version = Optional.of(tlsVersion(chosen));
        if (!TlsUtils.isTLSv13(chosen)) capture.forgetShares();
    }

    @Override
    public void notifySelectedCipherSuite(int chosen) {
        super.notifySelectedCipherSuite(chosen);
        suite = Optional.of(chosen);
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate any) {
                if (TlsUtils.isTLSv13(context)) traits.certificate(any.getCertificate());
            }

            @Override
            public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) {
                return null;
            }
        };
    }

    @Override
    public void notifyAlertReceived(short level, short code) {
        if (code == AlertDescription.close_notify) {
            if (session == null) guard.note(Detail.CLOSED);
            return;
        }
        if (level == AlertLevel.fatal) note(true, code & 0xff);
    }

    @Override
    public void notifyAlertRaised(short level, short code, @Nullable String message, @Nullable Throwable cause) {
        if (level == AlertLevel.fatal) note(false, code);
    }

    void note(boolean received, int code) {
        guard.note(
                new TlsAlert(received, code, IanaNames.ALERTS.name(code)),
                code == AlertDescription.protocol_version ? Detail.VERSION : Detail.ALERT);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        session = shown().orElseThrow();
    }

    @SuppressWarnings("JdkObsolete") // Bouncy Castle requires a Vector
    private static Vector<Integer> groups(List<String> names) {
        return names.stream().map(IanaNames.GROUPS::code).collect(Collectors.toCollection(Vector::new));
    }

    private static ProtocolVersion protocolVersion(TlsVersion version) {
        return switch (version) {
            case TLS_1_0 -> ProtocolVersion.TLSv10;
            case TLS_1_1 -> ProtocolVersion.TLSv11;
            case TLS_1_2 -> ProtocolVersion.TLSv12;
            case TLS_1_3 -> ProtocolVersion.TLSv13;
        };
    }

    private TlsVersion tlsVersion(ProtocolVersion version) {
        return offer.versions().stream()
                .filter(ours -> protocolVersion(ours).equals(version))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the server's version was not offered: " + version));
    }
}
