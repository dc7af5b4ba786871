package org.starttlscensus.cli;

import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.Route;
import org.starttlscensus.fact.TlsVersion;
import org.starttlscensus.verdict.ChainStatus;
import org.starttlscensus.verdict.NameMatch;
import org.starttlscensus.verdict.Outcome;

/** What the operator of a mail server can do about a result. Results that only concern our calls need no action. */
final class Advice {

    private static final String NOTHING = "nothing: this is about our call, and says nothing bad about the server";

    private Advice() {}

    static String of(Outcome outcome) {
        return switch (outcome) {
            case STARTTLS_OK -> "nothing";
            case CLIENT_CERT_REQUIRED -> Caveat.CLIENT_CERTIFICATE.advice();
            case TLS_FAILED -> Caveat.TLS_FAILS.advice();
            case TLS_UNAVAILABLE -> Caveat.TLS_UNAVAILABLE.advice();
            case STARTTLS_REFUSED -> Caveat.STARTTLS_REFUSED.advice();
            case POLICY_REQUIRES_TLS ->
                "answer EHLO with the list of extensions, and STARTTLS among them: mail servers do not say STARTTLS"
                        + " where it is not offered";
            case NO_STARTTLS -> Caveat.NO_STARTTLS.advice();
            case NO_STARTTLS_UNCONFIRMED ->
                "check whether STARTTLS is enabled; only a second call, some time later, can confirm that it is not";
            case STARTTLS_STRIPPED ->
                "look for a firewall that rewrites SMTP (for example Cisco's \"inspect esmtp\"), and let it allow TLS";
            case INJECTION_SUSPECT ->
                "update the server, or the proxy in front of it: unencrypted data after the reply to STARTTLS must be "
                        + "discarded (RFC 3207; https://nostarttls.secvuln.info)";
            case BLOCKED, BLOCKED_SUSPECTED, RATE_LIMITED, GREYLISTED -> NOTHING;
            case TEMP_UNAVAILABLE ->
                "look at the server's log if that lasts: it had a temporary fault, or sends strangers away for a while";
            case TARPITTED -> "nothing, if the server makes strangers wait on purpose: only we waited in vain";
            case UNREACHABLE_REFUSED -> "check whether the server runs and listens at port 25 of that address";
            case UNREACHABLE_NO_ROUTE -> "check the address and its network; if others reach it, only we cannot";
            case UNREACHABLE_TIMEOUT ->
                "check whether the server runs, answers in time, and whether a firewall drops connections to port 25";
            case UNREACHABLE_RESET ->
                "check what closes connections to port 25 before the greeting: a firewall, a proxy, or a list of"
                        + " addresses that it turns away";
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

    static String of(Route route) {
        return switch (route) {
            case MX -> "nothing about the DNS";
            case IMPLICIT_MX -> "publish an MX record: a domain without one is only guessed to have a mail server";
            case NULL_MX -> "nothing, if the domain is to receive no mail";
            case NO_MAIL -> "if the domain should receive mail, publish an MX record; if not, a null MX (RFC 7505)";
            case NXDOMAIN -> "check the spelling: nobody can send mail to a name that is not in the DNS";
            case DNS_SERVFAIL ->
                "check that every name server of the domain answers for it, and its DNSSEC; then ask again";
            case DNS_MALFORMED ->
                "look at the name servers of the domain: an answer came that cannot be read; then ask again";
            case DNS_TIMEOUT -> "check that every name server of the domain answers, by UDP and TCP; then ask again";
            case DNS_BOGUS ->
                "check the DNSSEC of the domain (signatures expired? DS record without its key?): senders that validate"
                        + " cannot send to it";
            case MX_UNRESOLVABLE -> "let the MX records name hosts that have an address (A or AAAA)";
            case MX_INVALID -> "let the MX records name hosts: no IP addresses, and no localhost";
        };
    }

    static String of(HostAddresses.Status status) {
        return switch (status) {
            case FOUND -> "nothing about the DNS";
            case NO_ADDRESS -> "give the host an address (A or AAAA), or take it out of the MX records";
            case NXDOMAIN -> "take the host out of the MX records, or correct its name: it is not in the DNS";
            case SERVFAIL ->
                "check that every name server of the host's name answers for it, and its DNSSEC; then ask again";
            case MALFORMED -> "look at the name servers of the host's name: an answer came that cannot be read";
            case TIMEOUT -> "check that every name server of the host's name answers, by UDP and TCP; then ask again";
            case BOGUS -> "check the DNSSEC of the host's name: senders that validate cannot find the host";
        };
    }

    /** Senders that do not authenticate servers accept any certificate; those that do (MTA-STS, DANE) do not. */
    static String of(ChainStatus chain) {
        return Caveat.of(chain).map(Caveat::advice).orElse("nothing about the chain");
    }

    static String of(NameMatch name) {
        return Caveat.of(name).map(Caveat::advice).orElse("nothing about the name");
    }

    static String of(TlsVersion version) {
        return Caveats.of(version).map(Caveat::advice).orElse("nothing about the version");
    }

    /** Whether an outcome, or none, is about our calls alone, so that it says nothing about the server. */
    static boolean isNothing(String advice) {
        return advice.startsWith("nothing");
    }
}
