package org.starttlscensus.cli;

import java.util.ArrayList;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.NotAttempted;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.Provider;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.Route;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsTraits;
import org.starttlscensus.politeness.Charged;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.tls.OcspResponseReader;
import org.starttlscensus.verdict.Outcome;

/** What was seen in the DNS and in calls, in words for people. */
final class CallWords {

    private static final String NOT_MADE = "not made: the time for it was over before it began";

    private CallWords() {}

    static String of(Route route) {
        return switch (route) {
            case MX -> "its MX records name mail hosts";
            case IMPLICIT_MX -> "it has no MX record but an address, so it may be its own mail server";
            case NULL_MX -> "it has a null MX, so it accepts no mail";
            case NO_MAIL -> "the name exists, but has neither an MX record nor an address";
            case NXDOMAIN -> "there is no such name in the DNS";
            case DNS_SERVFAIL -> "the DNS gave no usable answer tonight; that says nothing about its mail";
            case DNS_MALFORMED -> "the DNS answer tonight could not be read; that says nothing about its mail";
            case DNS_TIMEOUT -> "the DNS did not answer in time tonight; that says nothing about its mail";
            case DNS_BOGUS -> "the DNS answer tonight did not pass DNSSEC; that says nothing about its mail";
            case MX_UNRESOLVABLE -> "its MX records name hosts, but none of them has an address";
            case MX_INVALID -> "its MX records name no valid host";
        };
    }

    static String of(Provider.Source source) {
        return switch (source) {
            case OVERRIDE -> "by a line of the providers file";
            case POOL -> "by a line of the providers file, for servers that customers run";
            case CNAME -> "by the registrable domain of the name that the host is an alias of";
            case PSL -> "by the registrable domain of the host";
            case PREFIX -> "by other hosts in its network, because the host has its customer's name";
            case NET -> "by its network, because the host has its customer's name, or none";
        };
    }

    static String of(Charged charged) {
        return switch (charged) {
            case PROVIDER -> "a refusal by this server counts for all servers of the provider";
            case ADDRESS -> "a refusal counts for this address only: its neighbours are servers of unrelated customers";
        };
    }

    static String of(NotAttempted reason) {
        return OutcomeWords.of(Outcome.of("not_attempted_" + reason.label()));
    }

    /** What went into the ledger about a call. */
    static String of(PermitSignal signal) {
        return switch (signal) {
            case PermitSignal.Unreported.ABANDONED ->
                "not known: our program was stopped, so we assume that it was made";
            case PermitSignal.Unreported.NOT_DIALLED -> NOT_MADE;
            case PermitSignal.Classified(var replyClass) -> of(replyClass);
        };
    }

    static String of(ReplyClass replyClass) {
        return switch (replyClass) {
            case OK -> "it received us";
            case NO_STARTTLS -> "it received us, without STARTTLS";
            case MUTED -> "it received us, but told us nothing about itself: it seems to refuse us";
            case STRIPPED -> "something between us and the server rewrites the SMTP dialogue";
            case BLOCKED_REPUTATION -> "it refused us because of our address or reputation";
            case BLOCKED_SUSPECTED -> "it seems to refuse us without saying so";
            case RATE_LIMITED -> "it said that we call too often";
            case GREYLISTED -> "it makes unknown clients wait (greylisting)";
            case TEMPORARY_UNAVAILABLE -> "it had a temporary fault";
            case TLS_UNAVAILABLE -> "it offered STARTTLS, but had no TLS";
            case POLICY_REQUIRES_TLS -> "it requires TLS";
            case NOT_SMTP -> "what answered is not a mail server";
            case OTHER -> "something else; see below";
        };
    }

    static String of(CallPhase phase) {
        return switch (phase) {
            case CONNECT -> "connecting";
            case BANNER -> "waiting for the greeting";
            case EHLO -> "EHLO";
            case STARTTLS -> "STARTTLS";
            case HANDSHAKE -> "the handshake";
            case AFTER_TLS -> "EHLO under TLS";
            case QUIT -> "QUIT";
        };
    }

    static String ending(Observation call) {
        return switch (call.ending()) {
            case COMPLETED -> "to the end; we sent QUIT";
            case REPLIED ->
                "with %s, after which nothing more was to do; we sent QUIT"
                        .formatted(
                                call.phase() == CallPhase.BANNER ? "the greeting" : "the reply to " + of(call.phase()));
            case CLOSED -> "at %s: the peer closed the connection".formatted(of(call.phase()));
            case RESET -> "at %s: the peer reset the connection".formatted(of(call.phase()));
            case TIMED_OUT -> "at %s: timeout".formatted(of(call.phase()));
            case REFUSED -> "at %s: connection refused".formatted(of(call.phase()));
            case NO_ROUTE -> "at %s: there is no route to that address".formatted(of(call.phase()));
            case TOO_MUCH -> "at %s: the server sent more than we read".formatted(of(call.phase()));
            case NOT_SMTP -> "at %s: the answer is not an SMTP reply".formatted(of(call.phase()));
            case INJECTED -> "at STARTTLS: there was unexpected data after the 220";
            case TLS_FAILURE -> "at %s: TLS failed".formatted(of(call.phase()));
            case NOT_CALLABLE -> "before it began: the census may not call that address";
            case NOT_DIALLED -> NOT_MADE;
            case NO_FAMILY -> "before it began: our address is of the other IP version";
            case NO_ROUTE_HERE -> "at %s: our machine has no route there".formatted(of(call.phase()));
            case LOCAL_ERROR, BROKEN_OFF -> "at %s: a fault on our side".formatted(of(call.phase()));
        };
    }

    static String of(ProbeKind probeKind) {
        return switch (probeKind) {
            case STANDARD -> "does TLS work, and how?";
            case SMALL_HELLO -> "the same, with a ClientHello that fits into one packet";
            case ANONYMOUS_TOO -> "the same, in one packet, and with suites that need no certificate";
            case NO_SERVER_NAME -> "the same, without the server's name";
            case ONE_STARTTLS -> "does it still refuse STARTTLS, as it did a week ago? asked once a night";
            case EHLO_ONLY -> "does it still advertise STARTTLS? it refused it (454) within the last week";
            case TLS_1_0 -> "does it still accept TLS 1.0?";
            case TLS_1_1 -> "does it still accept TLS 1.1?";
            case TRIPLE_DES -> "does it still accept 3DES?";
            case RC4 -> "does it still accept RC4?";
            case STATIC_RSA -> "does it still accept a key exchange without forward secrecy?";
            case ANONYMOUS -> "does it accept a session without any certificate?";
            case SMALL_DH -> "does it use Diffie-Hellman in a group below 2,048 bits?";
        };
    }

    static String of(TlsTraits traits) {
        var words = new ArrayList<String>();
        traits.extendedMasterSecret()
                .ifPresent(bound -> words.add(bound ? "extended master secret" : "no extended master secret"));
        traits.secureRenegotiation()
                .ifPresent(secure -> words.add(secure ? "secure renegotiation" : "no secure renegotiation"));
        words.add(traits.sessionTicket() ? "session ticket" : "no session ticket");
        if (traits.helloRetryRequested()) words.add("it sent a HelloRetryRequest");
        words.add(traits.stapledOcsp()
                .map(staple -> "stapled OCSP response of %,d octets%s"
                        .formatted(
                                staple.size(),
                                OcspResponseReader.read(staple)
                                        .certificateStatus()
                                        .map(status -> ", " + status.label())
                                        .orElse("")))
                .orElse("no stapled OCSP response"));
        traits.timestamps()
                .ifPresent(list -> words.add("signed certificate timestamps: "
                        + (traits.timestampCount().isPresent()
                                ? String.valueOf(traits.timestampCount().getAsInt())
                                : "a list that cannot be read")));
        return String.join(", ", words);
    }

    static String of(TlsFailure failure) {
        var how = switch (failure.detail()) {
            case ALERT -> "a fatal alert";
            case CLOSED -> "the connection ended";
            case TIMEOUT -> "timeout";
            case VERSION -> "no protocol version in common";
            case CPU -> "it needed more processor time than we allow for a handshake";
            case BYTES -> "it needed more octets than we allow for a handshake";
            case KEY_TOO_LARGE -> "an RSA key of more than 16,384 bits, or a Diffie-Hellman group of more than 10,000";
            case TOO_MANY_CERTIFICATES -> "too many certificates";
        };
        return how
                + failure.after().map(message -> ", after " + message.label()).orElse("")
                + failure.alert()
                        .map(alert -> "; alert %d (%s) %s"
                                .formatted(
                                        alert.code(),
                                        Printable.peer(alert.name(), 60),
                                        alert.received() ? "by the server" : "by us"))
                        .orElse("")
                + (failure.clientCertificateRequested() ? "; the server had requested a client certificate" : "");
    }
}
