package org.starttlscensus.cli;

import org.starttlscensus.verdict.ChainStatus;
import org.starttlscensus.verdict.NameMatch;
import org.starttlscensus.verdict.Outcome;

/** What the operator of a mail server can do about a result. Results that only concern our calls need no action. */
final class Advice {

    private static final String NOTHING = "nothing: this is about our call, and says nothing bad about the server";

    private Advice() {}

    static String of(Outcome outcome) {
        return switch (outcome) {
            case STARTTLS_OK -> "nothing about STARTTLS";
            case CLIENT_CERT_REQUIRED ->
                "do not require a client certificate on port 25: other mail servers have none, so they send "
                        + "unencrypted or not at all";
            case TLS_FAILED ->
                "look at the server's log at the time of the call, and check certificate, key, protocol versions and "
                        + "cipher suites";
            case TLS_UNAVAILABLE ->
                "check whether the server can read its certificate and key: it offers STARTTLS, but then has no TLS";
            case STARTTLS_REFUSED ->
                "find out why STARTTLS is offered and then refused; often a proxy or filter in front of the server "
                        + "is the cause";
            case POLICY_REQUIRES_TLS ->
                "offer STARTTLS in the reply to EHLO: a server that requires it without offering it cannot be used";
            case NO_STARTTLS ->
                "enable STARTTLS, with a certificate for the host's name; every common mail server supports it";
            case NO_STARTTLS_UNCONFIRMED ->
                "check whether STARTTLS is enabled; only a second call, some time later, can confirm that it is not";
            case STARTTLS_STRIPPED ->
                "look for a firewall that rewrites SMTP (for example Cisco's \"inspect esmtp\"), and let it allow TLS";
            case INJECTION_SUSPECT ->
                "update the server, or the proxy in front of it: unencrypted data after the reply to STARTTLS must be "
                        + "discarded (RFC 3207; https://nostarttls.secvuln.info)";
            case BLOCKED, BLOCKED_SUSPECTED, RATE_LIMITED, GREYLISTED, TEMP_UNAVAILABLE, TARPITTED -> NOTHING;
            case UNREACHABLE_REFUSED, UNREACHABLE_NO_ROUTE, UNREACHABLE_TIMEOUT, UNREACHABLE_RESET ->
                "check whether the server runs and port 25 is open to everyone; if so, only we cannot reach it";
            case CLOSED_EARLY, PROTOCOL_ERROR ->
                "look at the server's log at the time of the call; if it shows nothing, the fault may be ours";
            case NOT_SMTP -> "correct the MX record: it leads to something that is not a mail server";
            case NO_MAIL_521 ->
                "if the domain should receive mail, let its MX record name a host that accepts mail; if not, publish "
                        + "a null MX (RFC 7505)";
            case NOT_ATTEMPTED_SPECIAL_ADDRESS ->
                "if the domain should receive mail, let its MX record lead to a public address";
            case NOT_ATTEMPTED_NO_IPV6,
                    NOT_ATTEMPTED_SUSPENDED,
                    NOT_ATTEMPTED_BUDGET,
                    NOT_ATTEMPTED_WINDOW_END,
                    NOT_ATTEMPTED_INHERITED,
                    NOT_ATTEMPTED_OPTED_OUT,
                    LOCAL_ERROR,
                    SELF_INFLICTED -> NOTHING;
        };
    }

    /** Senders that do not authenticate servers accept any certificate; those that do (MTA-STS, DANE) do not. */
    static String of(ChainStatus chain) {
        return switch (chain) {
            case TRUSTED -> "nothing about the chain";
            case EXPIRED -> "renew the certificate";
            case NOT_YET_VALID ->
                "check the start date of the certificate, and the clock of the machine that issued it";
            case SELF_SIGNED, UNTRUSTED_ROOT ->
                "for senders that check certificates: use one from a public CA, or publish TLSA records (DANE)";
            case INCOMPLETE -> "send the intermediate certificates, too";
            case MALFORMED, NONE, INVALID_CA, WRONG_USAGE, NAME_CONSTRAINT -> "get a new certificate";
        };
    }

    static String of(NameMatch name) {
        return switch (name) {
            case MATCH -> "nothing about the name";
            case MISMATCH -> "get a certificate with the host's name in subjectAltName";
            case CN_ONLY ->
                "get a certificate with the host's name in subjectAltName: senders no longer look at the common name";
        };
    }
}
