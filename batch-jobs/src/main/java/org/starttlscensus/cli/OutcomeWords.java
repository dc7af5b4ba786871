package org.starttlscensus.cli;

import java.util.Optional;
import org.starttlscensus.verdict.ChainStatus;
import org.starttlscensus.verdict.Outcome;

/**
 * What an outcome and a chain's value mean, in a sentence for people. What describes our welcome never blames the
 * server.
 */
final class OutcomeWords {

    private OutcomeWords() {}

    static String of(Outcome outcome) {
        return switch (outcome) {
            case STARTTLS_OK -> "STARTTLS is there, and the handshake finished";
            case CLIENT_CERT_REQUIRED -> "STARTTLS is there, but only for clients that show a certificate";
            case TLS_FAILED -> "STARTTLS was accepted, but the handshake did not finish";
            case TLS_UNAVAILABLE -> "STARTTLS is offered, but TLS was unavailable each time";
            case STARTTLS_REFUSED -> "STARTTLS is offered, but was refused each time";
            case POLICY_REQUIRES_TLS -> "it wants TLS before anything else, but TLS was not seen";
            case NO_STARTTLS -> "no STARTTLS: two clean looks, far enough apart";
            case NO_STARTTLS_UNCONFIRMED -> "no STARTTLS was seen, in one look; it takes two to say so";
            case STARTTLS_STRIPPED -> "something between us and the server masks the dialogue";
            case INJECTION_SUSPECT ->
                "there was more behind the reply to STARTTLS than there may be; we went no further";
            case BLOCKED -> "it refuses us, by our address or reputation";
            case BLOCKED_SUSPECTED -> "it seems to refuse us, without saying so";
            case RATE_LIMITED -> "it says that we call too often";
            case GREYLISTED -> "it puts unknown callers off for a while";
            case TARPITTED -> "it answered more slowly than we wait";
            case TEMP_UNAVAILABLE -> "it had a passing trouble";
            case UNREACHABLE_REFUSED -> "the connection was refused";
            case UNREACHABLE_NO_ROUTE -> "there is no way to that address from here";
            case UNREACHABLE_TIMEOUT -> "no answer in time";
            case UNREACHABLE_RESET -> "the connection was closed before a word was said";
            case CLOSED_EARLY -> "the connection was closed amid the dialogue";
            case PROTOCOL_ERROR -> "the dialogue took a turn that leads nowhere";
            case NOT_SMTP -> "what answers there is no mail server";
            case NO_MAIL_521 -> "it says that it accepts no mail";
            case NOT_ATTEMPTED_SPECIAL_ADDRESS -> "not called: that address is none of the public Internet";
            case NOT_ATTEMPTED_NO_IPV6 -> "not called: we have no IPv6";
            case NOT_ATTEMPTED_SUSPENDED -> "not called: its provider had asked us to stay away";
            case NOT_ATTEMPTED_BUDGET -> "not called: a bound of our own for the night";
            case NOT_ATTEMPTED_WINDOW_END -> "not called: the night was over";
            case NOT_ATTEMPTED_INHERITED -> "not called by this name: others on the same address were";
            case NOT_ATTEMPTED_OPTED_OUT -> "not called: it opted out";
            case LOCAL_ERROR -> "trouble on our side";
            case SELF_INFLICTED -> "a mistake of ours, by its word";
        };
    }

    static String of(ChainStatus status) {
        return switch (status) {
            case MALFORMED -> "a certificate that is needed cannot be read";
            case NONE -> "the server sent no certificate";
            case INVALID_CA -> "an issuer may not issue";
            case WRONG_USAGE -> "a key is not meant for TLS servers";
            case NAME_CONSTRAINT -> "a name that an issuer was not allowed to certify";
            case SELF_SIGNED -> "it vouches for itself";
            case INCOMPLETE -> "an issuer is missing";
            case UNTRUSTED_ROOT -> "complete, but nobody we trust vouches for it";
            case NOT_YET_VALID -> "not valid yet";
            case EXPIRED -> "expired";
            case TRUSTED -> "leads to a root we trust";
        };
    }

    /** True, false and unknown, each as far as it goes. */
    static String of(Optional<Boolean> answer) {
        return answer.map(yes -> yes ? "yes" : "no").orElse("unknown: we could not find out");
    }
}
