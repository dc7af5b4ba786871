package org.starttlscensus.cli;

import java.util.Optional;
import org.starttlscensus.verdict.ChainStatus;
import org.starttlscensus.verdict.Outcome;

/**
 * What outcomes and chain statuses mean, in words for people. An outcome that concerns only our calls never blames
 * the server.
 */
final class OutcomeWords {

    private OutcomeWords() {}

    static String of(Outcome outcome) {
        return switch (outcome) {
            case STARTTLS_OK -> "STARTTLS is offered, and the handshake finished";
            case CLIENT_CERT_REQUIRED -> "STARTTLS is offered, but only to clients with a certificate";
            case TLS_FAILED -> "STARTTLS was accepted, but the handshake did not finish";
            case TLS_UNAVAILABLE -> "STARTTLS is offered, but TLS was unavailable each time";
            case STARTTLS_REFUSED -> "STARTTLS is offered, but was refused each time";
            case POLICY_REQUIRES_TLS -> "it requires TLS, but TLS was not seen";
            case NO_STARTTLS -> "no STARTTLS: two complete calls, far enough apart, saw none";
            case NO_STARTTLS_UNCONFIRMED -> "one call saw no STARTTLS; a second one has to confirm it";
            case STARTTLS_STRIPPED -> "something between us and the server rewrites the SMTP dialogue";
            case INJECTION_SUSPECT -> "there was unexpected data after the reply to STARTTLS, so we ended the call";
            case BLOCKED -> "it refuses us because of our address or reputation";
            case BLOCKED_SUSPECTED -> "it seems to refuse us without saying so";
            case RATE_LIMITED -> "it says that we call too often";
            case GREYLISTED -> "it makes unknown clients wait (greylisting)";
            case TARPITTED -> "it answered so slowly that our time ran out";
            case TEMP_UNAVAILABLE -> "it had a temporary fault";
            case UNREACHABLE_REFUSED -> "the connection was refused";
            case UNREACHABLE_NO_ROUTE -> "there is no route to that address from here";
            case UNREACHABLE_TIMEOUT -> "it did not answer in time";
            case UNREACHABLE_RESET -> "the connection was closed before any reply";
            case CLOSED_EARLY -> "the connection was closed during the SMTP dialogue";
            case PROTOCOL_ERROR -> "the SMTP dialogue failed";
            case NOT_SMTP -> "what answers there is not a mail server";
            case NO_MAIL_521 -> "it says that it accepts no mail";
            case NOT_ATTEMPTED_SPECIAL_ADDRESS -> "not called: the address is not a public one";
            case NOT_ATTEMPTED_NO_IPV6 -> "not called: we have no IPv6";
            case NOT_ATTEMPTED_SUSPENDED -> "not called: its provider had refused our calls";
            case NOT_ATTEMPTED_BUDGET -> "not called: one of our own limits for the night";
            case NOT_ATTEMPTED_WINDOW_END -> "not called: the time for calls was over";
            case NOT_ATTEMPTED_INHERITED -> "not called under this name: other names of the same address were";
            case NOT_ATTEMPTED_OPTED_OUT -> "not called: it opted out";
            case LOCAL_ERROR -> "a fault on our side";
            case SELF_INFLICTED -> "a protocol error of ours, according to its reply";
        };
    }

    static String of(ChainStatus status) {
        return switch (status) {
            case MALFORMED -> "a certificate that is needed cannot be read";
            case NONE -> "the server sent no certificate";
            case INVALID_CA -> "an issuer is not allowed to issue certificates";
            case WRONG_USAGE -> "a key is not meant for TLS servers";
            case NAME_CONSTRAINT -> "an issuer was not allowed to certify that name";
            case SELF_SIGNED -> "the certificate is self-signed";
            case INCOMPLETE -> "an intermediate certificate is missing";
            case UNTRUSTED_ROOT -> "complete, but its root is not one we trust";
            case NOT_YET_VALID -> "not valid yet";
            case EXPIRED -> "expired";
            case TRUSTED -> "leads to a root we trust";
        };
    }

    /** Yes, no, or unknown. */
    static String of(Optional<Boolean> answer) {
        return answer.map(yes -> yes ? "yes" : "no").orElse("unknown: we could not find out");
    }
}
