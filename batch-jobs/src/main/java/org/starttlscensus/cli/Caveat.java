package org.starttlscensus.cli;

import java.util.Locale;
import java.util.Optional;
import org.starttlscensus.verdict.ChainStatus;
import org.starttlscensus.verdict.NameMatch;
import org.starttlscensus.verdict.Outcome;
import org.starttlscensus.verdict.OutcomeFlag;

/**
 * What comes after "yes, but": why TLS does not work with a server that has STARTTLS, or is worth less there than it
 * could be. The worst comes first. Each has its words and its advice, so that every command says the same.
 *
 * @see Caveats where those of a server are found
 */
enum Caveat {
    /** At one server of several. */
    NO_STARTTLS("no STARTTLS", "enable STARTTLS, with a certificate for the host's name; every common server has it"),
    TLS_FAILS(
            "TLS fails",
            "look at the server's log at the time of the call, and check certificate, key, protocol versions and cipher"
                    + " suites"),
    /** Others may get TLS: the second look asks in another way. */
    TLS_FAILS_AT_FIRST(
            "TLS fails at the first try",
            "look at the server's log at the time of the call; a second look asks in another way (with less in the"
                    + " first message, without a name, or without certificates) and tells whether others get TLS"),
    TLS_UNAVAILABLE(
            "TLS is not available (454)",
            "check whether the server can read its certificate and key: it offers STARTTLS, but then has no TLS"),
    STARTTLS_REFUSED(
            "STARTTLS is refused",
            "find out why STARTTLS is offered and then refused; often a proxy or filter before the server does it"),
    CLIENT_CERTIFICATE(
            "only for clients with a certificate",
            "do not require a client certificate on port 25: other mail servers have none, so they send unencrypted or"
                    + " not at all"),
    UNADVERTISED(
            "EHLO does not offer it",
            "let the reply to EHLO offer STARTTLS, on a line of its own after the first: TLS works, but senders that"
                    + " are not told of it send unencrypted"),
    MASKED_BANNER(
            "the greeting is masked",
            "let the firewall leave SMTP alone (Cisco: no \"inspect esmtp\"): some senders use no TLS where the"
                    + " greeting is masked"),
    LOOSE_REPLIES(
            "reply lines without a code",
            "let every line of a reply begin with its code, and end each reply with its last line: strict senders break"
                    + " off at anything else"),
    TLS_1_0("TLS 1.0 only", SharedAdvice.NEWER_TLS),
    TLS_1_1("TLS 1.1 only", SharedAdvice.NEWER_TLS),
    NO_ENCRYPTION("the cipher suite does not encrypt", SharedAdvice.BETTER_SUITES),
    EXPORT_SUITE("weak suite: export keys", SharedAdvice.BETTER_SUITES),
    DES("weak suite: DES", SharedAdvice.BETTER_SUITES),
    RC4("weak suite: RC4", SharedAdvice.BETTER_SUITES),
    TRIPLE_DES("weak suite: 3DES", SharedAdvice.BETTER_SUITES),
    SMALL_DH(
            "weak key exchange: a small Diffie-Hellman group",
            "use Diffie-Hellman groups of at least 2,048 bits, or better ECDHE with X25519"),
    NO_FORWARD_SECRECY(
            "no forward secrecy",
            "offer ECDHE cipher suites: without them whoever gets the key can read all mail recorded before"),
    NO_CERTIFICATE("no certificate", "give the server a certificate for the host's name"),
    MALFORMED_CERTIFICATE("unreadable certificate", "get a new certificate: a part of it cannot be read"),
    INVALID_CA("an issuer may not issue certificates", "get a new certificate, from a CA that may issue it"),
    WRONG_USAGE("not a certificate for servers", "get a new certificate, one for TLS servers (serverAuth)"),
    NAME_CONSTRAINT(
            "its issuer may not certify that name", "get a new certificate, from a CA that may certify the name"),
    REVOKED(
            "certificate revoked",
            "get a new certificate with a new key: its CA has revoked this one, as the server itself says (OCSP"
                    + " staple)"),
    EXPIRED("certificate expired", "renew the certificate"),
    NOT_YET_VALID(
            "certificate not yet valid",
            "check the start date of the certificate, and the clock of the machine that issued it"),
    SELF_SIGNED("certificate self-signed", SharedAdvice.PUBLIC_CA),
    INCOMPLETE_CHAIN(
            "chain incomplete",
            "send the intermediate certificates, too: most CAs call that file \"full chain\". Where there are none, the"
                    + " CA is a private one: use a public CA, or publish TLSA records (DANE)"),
    UNTRUSTED_ROOT("private or untrusted root", SharedAdvice.PUBLIC_CA),
    NAME_DIFFERS("certificate for another name", "get a certificate with the host's name in subjectAltName"),
    COMMON_NAME_ONLY("name only as common name", SharedAdvice.SUBJECT_ALT_NAME),
    WEAK_KEY(
            "weak key", "get a certificate with a key of at least 2,048 bits (RSA) or 256 bits (EC), and such issuers"),
    WEAK_SIGNATURE(
            "weak signature (MD5, SHA-1)",
            "get a certificate that is signed with SHA-256 or better, like its issuers'"),
    SMALL_HELLO_ONLY(
            "breaks off at large ClientHellos",
            "update the server, or the load balancer before it: it takes the first packet for the whole ClientHello, so"
                    + " newer senders fail (https://tldr.fail)"),
    NAME_REFUSED(
            "refuses the name in SNI",
            "let the server ignore a name in SNI that it does not know: many senders send the name of the MX host");

    private final String words;
    private final String advice;

    Caveat(String words, String advice) {
        this.words = words;
        this.advice = advice;
    }

    /** A few words that fit behind "yes, but". */
    String words() {
        return words;
    }

    /** What the server's operator can do. */
    String advice() {
        return advice;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty where the outcome is none of a server that has STARTTLS, or TLS worked. */
    static Optional<Caveat> of(Outcome outcome) {
        return switch (outcome) {
            case TLS_FAILED -> Optional.of(TLS_FAILS);
            case TLS_UNAVAILABLE -> Optional.of(TLS_UNAVAILABLE);
            case STARTTLS_REFUSED -> Optional.of(STARTTLS_REFUSED);
            case CLIENT_CERT_REQUIRED -> Optional.of(CLIENT_CERTIFICATE);
            case NO_STARTTLS -> Optional.of(NO_STARTTLS);
            case STARTTLS_OK,
                    POLICY_REQUIRES_TLS,
                    NO_STARTTLS_UNCONFIRMED,
                    STARTTLS_STRIPPED,
                    INJECTION_SUSPECT,
                    BLOCKED,
                    BLOCKED_SUSPECTED,
                    RATE_LIMITED,
                    GREYLISTED,
                    TARPITTED,
                    TEMP_UNAVAILABLE,
                    UNREACHABLE_REFUSED,
                    UNREACHABLE_NO_ROUTE,
                    UNREACHABLE_TIMEOUT,
                    UNREACHABLE_RESET,
                    CLOSED_EARLY,
                    PROTOCOL_ERROR,
                    NOT_SMTP,
                    NO_MAIL_521,
                    NOT_ATTEMPTED_SPECIAL_ADDRESS,
                    NOT_ATTEMPTED_NO_IPV6,
                    NOT_ATTEMPTED_SUSPENDED,
                    NOT_ATTEMPTED_BUDGET,
                    NOT_ATTEMPTED_WINDOW_END,
                    NOT_ATTEMPTED_INHERITED,
                    NOT_ATTEMPTED_OPTED_OUT,
                    LOCAL_ERROR,
                    SELF_INFLICTED -> Optional.empty();
        };
    }

    static Optional<Caveat> of(ChainStatus status) {
        return switch (status) {
            case TRUSTED -> Optional.empty();
            case MALFORMED -> Optional.of(MALFORMED_CERTIFICATE);
            case NONE -> Optional.of(NO_CERTIFICATE);
            case INVALID_CA -> Optional.of(INVALID_CA);
            case WRONG_USAGE -> Optional.of(WRONG_USAGE);
            case NAME_CONSTRAINT -> Optional.of(NAME_CONSTRAINT);
            case SELF_SIGNED -> Optional.of(SELF_SIGNED);
            case INCOMPLETE -> Optional.of(INCOMPLETE_CHAIN);
            case UNTRUSTED_ROOT -> Optional.of(UNTRUSTED_ROOT);
            case NOT_YET_VALID -> Optional.of(NOT_YET_VALID);
            case EXPIRED -> Optional.of(EXPIRED);
        };
    }

    static Optional<Caveat> of(NameMatch match) {
        return switch (match) {
            case MATCH -> Optional.empty();
            case MISMATCH -> Optional.of(NAME_DIFFERS);
            case CN_ONLY -> Optional.of(COMMON_NAME_ONLY);
        };
    }

    /** Empty for flags that have an outcome of their own, or that are about what we did. */
    static Optional<Caveat> of(OutcomeFlag flag) {
        return switch (flag) {
            case UNADVERTISED -> Optional.of(UNADVERTISED);
            case MASKED_BANNER -> Optional.of(MASKED_BANNER);
            case SMALL_HELLO -> Optional.of(SMALL_HELLO_ONLY);
            case SNI_REFUSED -> Optional.of(NAME_REFUSED);
            case MUTED_EHLO, INJECTION_SUSPECT, NOT_ASKED, INCONSISTENT -> Optional.empty();
        };
    }

    /** Advice that several share, or that is long. */
    private static final class SharedAdvice {
        /**
         * Postfix, Exim and OpenSSL still do where there is no DNS name; MTA-STS forbids it.
         *
         * @see <a href="https://www.rfc-editor.org/rfc/rfc8461#section-4.2">RFC 8461, section 4.2</a>
         */
        static final String SUBJECT_ALT_NAME = "get a certificate with the host's name in subjectAltName: some senders"
                + " take a common name where there is none, but those that follow MTA-STS do not";

        static final String NEWER_TLS =
                "update the TLS library, and enable TLS 1.2 and 1.3: senders that authenticate servers (Postfix with"
                        + " \"secure\"), and those with OpenSSL's defaults, refuse older versions";
        static final String BETTER_SUITES =
                "offer ECDHE cipher suites with AES-GCM or ChaCha20, and switch this one off";
        static final String PUBLIC_CA =
                "for senders that check certificates: use one from a public CA, or publish TLSA records (DANE)";
    }
}
