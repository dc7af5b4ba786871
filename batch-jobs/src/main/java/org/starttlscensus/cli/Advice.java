package org.starttlscensus.cli;

import org.starttlscensus.verdict.ChainStatus;
import org.starttlscensus.verdict.NameMatch;
import org.starttlscensus.verdict.Outcome;

/** What whoever runs a mail server may do about what was seen. What describes our welcome asks for nothing. */
final class Advice {

    private static final String OURS = "nothing: this says how we were received, and nothing bad about the server";

    private Advice() {}

    static String of(Outcome outcome) {
        return switch (outcome) {
            case STARTTLS_OK -> "nothing about STARTTLS";
            case CLIENT_CERT_REQUIRED ->
                "do not demand a client certificate on port 25: other mail servers have none, and send in the clear or not at all";
            case TLS_FAILED ->
                "look into the server's log at the time of the call: certificate and key, protocol versions, cipher suites";
            case TLS_UNAVAILABLE ->
                "see whether the server can read its certificate and key; it offers STARTTLS and then has no TLS";
            case STARTTLS_REFUSED ->
                "see why STARTTLS is offered and then refused; a proxy or filter in front of the server is a frequent cause";
            case POLICY_REQUIRES_TLS ->
                "offer STARTTLS in the reply to EHLO: a server that demands it without offering it cannot be used";
            case NO_STARTTLS ->
                "switch STARTTLS on, with a certificate for the host's name; every common mail server has it";
            case NO_STARTTLS_UNCONFIRMED ->
                "see whether STARTTLS is switched on; we say that it is not only when a second look, later, shows the same";
            case STARTTLS_STRIPPED ->
                "look for a firewall that rewrites SMTP (for example Cisco's \"inspect esmtp\"), and let it allow TLS";
            case INJECTION_SUSPECT ->
                "update the server, or what stands before it: what comes in the clear behind the reply to STARTTLS must be thrown away "
                        + "(RFC 3207; https://nostarttls.secvuln.info)";
            case BLOCKED, BLOCKED_SUSPECTED, RATE_LIMITED, GREYLISTED, TEMP_UNAVAILABLE, TARPITTED -> OURS;
            case UNREACHABLE_REFUSED, UNREACHABLE_NO_ROUTE, UNREACHABLE_TIMEOUT, UNREACHABLE_RESET ->
                "see whether the server runs and port 25 is open to everyone; if it is, it is only we who cannot reach it";
            case CLOSED_EARLY, PROTOCOL_ERROR ->
                "look into the server's log at the time of the call; if it knows of nothing, it may lie with us";
            case NOT_SMTP -> "the MX record leads to something that is no mail server: correct it";
            case NO_MAIL_521 ->
                "if the domain shall receive mail, let its MX record name a host that takes some; if not, publish a null MX (RFC 7505)";
            case NOT_ATTEMPTED_SPECIAL_ADDRESS ->
                "if the domain shall receive mail, let its MX record lead to a public address";
            case NOT_ATTEMPTED_NO_IPV6,
                    NOT_ATTEMPTED_SUSPENDED,
                    NOT_ATTEMPTED_BUDGET,
                    NOT_ATTEMPTED_WINDOW_END,
                    NOT_ATTEMPTED_INHERITED,
                    NOT_ATTEMPTED_OPTED_OUT,
                    LOCAL_ERROR,
                    SELF_INFLICTED -> OURS;
        };
    }

    /** Senders that do not authenticate take any certificate; those that do (MTA-STS) do not. */
    static String of(ChainStatus chain) {
        return switch (chain) {
            case TRUSTED -> "nothing about the chain";
            case EXPIRED -> "renew the certificate";
            case NOT_YET_VALID -> "see to the date of the certificate, or of the machine that issued it";
            case SELF_SIGNED ->
                "for senders that look at certificates: take one from a public CA, or publish TLSA records (DANE)";
            case INCOMPLETE -> "send the intermediate certificates too";
            case UNTRUSTED_ROOT ->
                "for senders that look at certificates: take one from a public CA, or publish TLSA records (DANE)";
            case MALFORMED, NONE, INVALID_CA, WRONG_USAGE, NAME_CONSTRAINT -> "have the certificate issued anew";
        };
    }

    static String of(NameMatch name) {
        return switch (name) {
            case MATCH -> "nothing about the name";
            case MISMATCH -> "have the host's name put into the certificate (subjectAltName)";
            case CN_ONLY ->
                "have the host's name put into the certificate's subjectAltName: its common name is no longer looked at";
        };
    }
}
