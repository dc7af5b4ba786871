package org.starttlscensus.fact;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a server refuses us because we have no client certificate. It shows this by an alert, in the handshake or
 * (TLS 1.3) right after it, or by its reply to the second EHLO.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2.4">RFC 8446, section 4.4.2.4: an empty
 *     certificate</a>
 */
public final class ClientCertificate {

    private static final int CERTIFICATE_REQUIRED = 116;

    /**
     * Other alerts that servers send for an empty certificate: handshake_failure, no_certificate, bad_certificate,
     * unsupported_certificate, certificate_unknown, unknown_ca, access_denied.
     */
    private static final Set<Integer> FOR_AN_EMPTY_CERTIFICATE = Set.of(40, 41, 42, 43, 46, 48, 49);

    private static final Pattern NAMED = Pattern.compile("certif|zertifi", Pattern.CASE_INSENSITIVE);
    private static final Pattern UNVERIFIED = Pattern.compile("authentication required", Pattern.CASE_INSENSITIVE);

    private ClientCertificate() {}

    public static boolean isWanted(Observation call) {
        var requested = call.tls().map(TlsSession::clientCertificateRequested).orElse(false)
                || call.tlsFailure().map(TlsFailure::clientCertificateRequested).orElse(false);
        return call.tlsFailure()
                        .flatMap(TlsFailure::alert)
                        .filter(alert -> alert.received()
                                && (alert.code() == CERTIFICATE_REQUIRED
                                        || (requested && FOR_AN_EMPTY_CERTIFICATE.contains(alert.code()))))
                        .isPresent()
                || call.afterTls().filter(reply -> names(reply, requested)).isPresent();
    }

    /**
     * Sendmail's tls_client ruleset answers 503 "Authentication required" to a client without a verified certificate. A
     * 530 with this text asks for SMTP AUTH instead.
     */
    private static boolean names(SmtpReply reply, boolean requested) {
        return reply.severity() >= 4
                && (NAMED.matcher(reply.text()).find()
                        || (requested
                                && reply.code() == 503
                                && UNVERIFIED.matcher(reply.text()).find()));
    }
}
