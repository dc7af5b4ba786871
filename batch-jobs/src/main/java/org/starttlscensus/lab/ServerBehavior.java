package org.starttlscensus.lab;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.starttlscensus.lab.CertificateKind.VALID;
import static org.starttlscensus.lab.Expectation.finished;
import static org.starttlscensus.lab.Expectation.good;
import static org.starttlscensus.lab.Expectation.outcome;
import static org.starttlscensus.lab.Script.greets;
import static org.starttlscensus.lab.Script.plain;
import static org.starttlscensus.lab.Script.tls;
import static org.starttlscensus.lab.Script.turnsAway;
import static org.starttlscensus.lab.Script.usual;

import java.util.Locale;
import org.starttlscensus.lab.Opening.Drip;
import org.starttlscensus.lab.Opening.Greeting;
import org.starttlscensus.lab.StartTlsReaction.Alert;
import org.starttlscensus.lab.StartTlsReaction.HangUp;
import org.starttlscensus.lab.StartTlsReaction.InOtherWords;
import org.starttlscensus.lab.StartTlsReaction.Injection;
import org.starttlscensus.lab.StartTlsReaction.OnePacket;
import org.starttlscensus.lab.StartTlsReaction.Refusal;
import org.starttlscensus.lab.StartTlsReaction.ShakeHands;

/** The behaviors of mail servers: which real servers each imitates, what it does, what a census must report. */
public enum ServerBehavior {

    // it works
    TLS_1_3("Postfix with an ECDSA certificate", usual(), good()),
    TLS_1_3_HYBRID(
            "Postfix 3.11, which enables X25519MLKEM768 by default",
            tls(TlsOffer.HYBRID, VALID),
            finished("TLSv1.3", "X25519MLKEM768", "trusted", "match")),
    TLS_1_2(
            "An appliance of 2015 with an RSA certificate",
            tls(TlsOffer.TLS_1_2, VALID),
            finished("TLSv1.2", "x25519", "trusted", "match")),
    TLS_1_0(
            "A server unchanged since 2008",
            tls(TlsOffer.TLS_1_0, VALID),
            finished("TLSv1", "x25519", "trusted", "match")),
    ASKS_CLIENT_CERTIFICATE(
            "An MTA that asks for a client certificate and does without",
            tls(TlsOffer.REQUESTS_CLIENT_CERTIFICATE, VALID),
            good()),
    GREET_DELAY(
            "postscreen's teaser and 6 s of waiting (starttls-everywhere#69)",
            usual().opening(new Greeting("220-{host} ESMTP", ofSeconds(6), "220 {host} ESMTP Postfix", false)),
            good()),
    ONE_PACKET(
            "A server that takes a first read for the whole ClientHello, and closes where half of it is missing"
                    + " (tldr.fail)",
            usual().upgrade(new OnePacket(new ShakeHands(TlsOffer.TLS_1_3, VALID))),
            good().atFirst("tls_failed").flagged("small_hello")),
    SPLIT_REPLIES("A server whose replies come in several segments", usual().inPieces(), good()),
    LOOSE_REPLIES(
            "A relay with lines without a code, other second digits and a blank line too many: Postfix delivers",
            greets("200-{host} ESMTP\n\nno code here\n200 ready\n")
                    .ehlo("\n251-{host}\n251-SIZE 10240000\nno code here\n251 STARTTLS")
                    .upgrade(new InOtherWords("250 2.0.0 Go ahead\n", new ShakeHands(TlsOffer.TLS_1_3, VALID))),
            good()),
    FIRST_LINE(
            "A server behind a proxy that swallows the greeting line of the reply to EHLO",
            usual().ehlo("250-STARTTLS\n250-PIPELINING\n250 SIZE 10240000"),
            good().flagged("unadvertised")),

    // it works, with a faulty certificate
    EXPIRED(
            "A forgotten renewal",
            tls(TlsOffer.TLS_1_3, CertificateKind.EXPIRED),
            finished("TLSv1.3", "x25519", "expired", "match")),
    WRONG_NAME(
            "A hoster's certificate for a customer's name",
            tls(TlsOffer.TLS_1_3, CertificateKind.WRONG_NAME),
            finished("TLSv1.3", "x25519", "trusted", "mismatch")),
    SELF_SIGNED(
            "The certificate made at installation",
            tls(TlsOffer.TLS_1_3, CertificateKind.SELF_SIGNED),
            finished("TLSv1.3", "x25519", "self_signed", "match")),
    INCOMPLETE_CHAIN(
            "A server that was not given the intermediate",
            tls(TlsOffer.TLS_1_3, CertificateKind.WITHOUT_INTERMEDIATE),
            finished("TLSv1.3", "x25519", "incomplete", "match")),
    CN_ONLY(
            "A certificate without subjectAltName",
            tls(TlsOffer.TLS_1_3, CertificateKind.COMMON_NAME_ONLY),
            finished("TLSv1.3", "x25519", "trusted", "cn_only")),
    STRANGE_ROOT(
            "A company's own CA",
            tls(TlsOffer.TLS_1_3, CertificateKind.UNTRUSTED_ROOT),
            finished("TLSv1.3", "x25519", "untrusted_root", "match")),

    // it offers TLS that does not work
    CLIENT_CERTIFICATE(
            "A relay for partners: no client certificate, no service",
            tls(TlsOffer.REQUIRES_CLIENT_CERTIFICATE, VALID),
            outcome("client_cert_required")),
    CLOSES_AFTER_STARTTLS(
            "A server that says 220 to STARTTLS and hangs up", usual().upgrade(new HangUp()), outcome("tls_failed")),
    ALERT(
            "A server whose key cannot be read: handshake_failure for everyone",
            usual().upgrade(new Alert(40)),
            outcome("tls_failed")),
    TLS_454(
            "Postfix without a readable key",
            usual().upgrade(new Refusal("454 4.7.0 TLS not available due to local problem")),
            outcome("tls_unavailable").atFirst("temp_unavailable")),
    STARTTLS_502(
            "A proxy that advertises what it does not do",
            usual().upgrade(new Refusal("502 5.5.1 Error: command not implemented")),
            outcome("starttls_refused").atFirst("temp_unavailable")),
    MUST_ISSUE_STARTTLS(
            "A server that answers 530 to all but STARTTLS",
            usual().ehlo("530 5.7.0 Must issue a STARTTLS command first"),
            outcome("policy_requires_tls")),

    // no STARTTLS, or seemingly none
    NO_STARTTLS(
            "qmail without the TLS patch",
            plain("250-{host}\n250-PIPELINING\n250 8BITMIME"),
            outcome("no_starttls").atFirst("no_starttls_unconfirmed")),
    HELO_ONLY(
            "A server older than ESMTP: EHLO 500, HELO 250",
            plain("500 5.5.1 Command unrecognized"),
            outcome("no_starttls").atFirst("no_starttls_unconfirmed")),
    MUTED(
            "Sendmail as nullserver: ENHANCEDSTATUSCODES and nothing else",
            usual().ehlo("250-{host} Hello, pleased to meet you\n250 ENHANCEDSTATUSCODES")
                    .upgrade(new Refusal("550 5.0.0 Command rejected")),
            outcome("blocked_suspected").flagged("muted_ehlo")),
    MASKED(
            "Cisco ASA, inspect esmtp of old releases",
            greets("220 ****************************************")
                    .ehlo("250-{host}\n250-SIZE 10240000\n250-8BITMIME\n250 XXXXXXXA")
                    .upgrade(new Refusal("500 5.5.1 Command unrecognized: \"XXXXXXXX\"")),
            outcome("starttls_stripped").flagged("masked_banner")),
    MASKED_WHOLE(
            "A firewall that paints over the blank behind the code, too",
            greets("220****************************************"),
            outcome("starttls_stripped").flagged("masked_banner")),
    ONE_LINE(
            "A server older than every extension: one line to EHLO, and 502 to STARTTLS",
            plain("250 {host}"),
            outcome("no_starttls_unconfirmed").flagged("muted_ehlo")),
    INJECTED(
            "Octets after the 220 to STARTTLS (nostarttls.secvuln.info)",
            usual().upgrade(new Injection("250-{host}\r\n250 AUTH PLAIN\r\n")),
            outcome("injection_suspect").flagged("injection_suspect")),

    // it refuses or limits this client
    BLOCKED_421(
            "Fastmail (hardenize-public#2)",
            turnsAway("421 4.7.1 Client host [127.0.0.1] blocked using internal list; "
                    + "Too many timeouts. Expected removal in 3.2 days"),
            outcome("blocked")),
    BLOCKED_554(
            "A denylist at the banner",
            greets("554 5.7.1 Service unavailable; Client host [127.0.0.1] blocked using "
                    + "zen.spamhaus.org; https://www.spamhaus.org/query/ip/127.0.0.1"),
            outcome("blocked")),
    BARE_554(
            "Sendmail's nullserver or greet_pause, Exim's host_reject_connection: no reason given",
            greets("554 {host} ESMTP not accepting messages"),
            outcome("blocked_suspected")),
    TOO_MANY_CONNECTIONS(
            "sys4.de (Internet.nl#658, #727); IronPort (sslscan#316)",
            turnsAway("421 4.7.0 {host} Error: too many connections from 127.0.0.1"),
            outcome("rate_limited")),
    TOO_MANY_TLS_SESSIONS(
            "Postfix anvil at STARTTLS",
            usual().upgrade(new Refusal("454 4.7.0 Error: too many new TLS sessions from [127.0.0.1]")),
            outcome("rate_limited")),
    GREYLISTING("A greylist at the banner, 5 minutes", usual().greylisting(ofMinutes(5)), good().atFirst("greylisted")),
    TEMPORARY_421(
            "A server under maintenance",
            turnsAway("421 {host} Service unavailable - try again later"),
            outcome("temp_unavailable")),

    // it is slow, unreachable, or not SMTP
    TARPIT(
            "A greeting after 80 s",
            usual().opening(new Greeting("", ofSeconds(80), "220 {host} ESMTP", false)),
            good().atFirst("unreachable_timeout")),
    DRIP(
            "OpenBSD spamd, one octet at a time (testssl.sh#954)",
            plain("250 {host}")
                    .opening(new Drip(
                            "220-{host} ESMTP spamd IP-based SPAM blocker\n".repeat(9) + "220 {host}", ofSeconds(2))),
            outcome("tarpitted")),
    SILENT("An open port without a server", usual().opening(new Opening.Silence()), outcome("unreachable_timeout")),
    RESETS(
            "A firewall that resets after the handshake of TCP",
            usual().opening(new Opening.Reset()),
            outcome("unreachable_reset")),
    CLOSES("A load balancer without a backend", usual().opening(new Opening.Close()), outcome("unreachable_reset")),
    REFUSES("A host without a mail server", usual().opening(new Opening.NoListener()), outcome("unreachable_refused")),
    CLOSES_AT_EHLO("IronPort that hangs up early (trustymail#46)", usual().ehlo(""), outcome("closed_early")),
    NO_MAIL(
            "A host that says it takes no mail (RFC 7504)",
            greets("521 {host} does not accept mail"),
            outcome("no_mail_521")),
    NOT_SMTP(
            "An SSH server on the mail port",
            usual().opening(new Greeting("", ZERO, "SSH-2.0-OpenSSH_9.9", false)),
            outcome("not_smtp"));

    private final String imitates;
    private final Script script;
    private final Expectation expected;

    ServerBehavior(String imitates, Script script, Expectation expected) {
        this.imitates = imitates;
        this.script = script;
        this.expected = expected;
    }

    /** Which real servers do this. */
    public String imitates() {
        return imitates;
    }

    public Expectation expected() {
        return expected;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    Script script() {
        return script;
    }
}
