package org.starttlscensus.lab;

import java.time.Duration;

/**
 * What a server does in each phase of the session: the script of one {@link ServerBehavior}. In replies, {@code {host}}
 * stands for the server's name, and a line feed separates lines.
 *
 * @param opening  what happens at connect
 * @param ehlo     the reply to EHLO before TLS; empty: the server closes in order
 * @param helo     the reply to HELO
 * @param reaction what the server does after STARTTLS
 * @param pieces   whether replies are split over several segments
 * @param greylist how long the greeting refuses a new client; zero: never
 */
record Script(Opening opening, String ehlo, String helo, StartTlsReaction reaction, boolean pieces, Duration greylist) {

    static final String TEMPORARILY_UNKNOWN = "450 4.7.1 Greylisting in action, please come back in 5 minutes";

    private static final String OFFER = """
            250-{host}
            250-PIPELINING
            250-SIZE 10240000
            250-STARTTLS
            250-ENHANCEDSTATUSCODES
            250-8BITMIME
            250 CHUNKING""";

    /** A server without faults. */
    static Script usual() {
        return new Script(
                greeting("220 {host} ESMTP Postfix"),
                OFFER,
                "250 {host}",
                new StartTlsReaction.ShakeHands(TlsOffer.TLS_1_3, CertificateKind.VALID),
                false,
                Duration.ZERO);
    }

    static Script tls(TlsOffer offer, CertificateKind kind) {
        return usual().upgrade(new StartTlsReaction.ShakeHands(offer, kind));
    }

    /** A server that sends this greeting and stays connected. */
    static Script greets(String reply) {
        return usual().opening(greeting(reply));
    }

    /** A server that sends this greeting and closes. */
    static Script turnsAway(String reply) {
        return usual().opening(new Opening.Greeting("", Duration.ZERO, reply, true));
    }

    /** A server without STARTTLS. */
    static Script plain(String ehlo) {
        return usual().ehlo(ehlo).upgrade(new StartTlsReaction.Refusal("502 5.5.1 Error: command not implemented"));
    }

    Script opening(Opening other) {
        return new Script(other, ehlo, helo, reaction, pieces, greylist);
    }

    Script ehlo(String other) {
        return new Script(opening, other, helo, reaction, pieces, greylist);
    }

    Script upgrade(StartTlsReaction other) {
        return new Script(opening, ehlo, helo, other, pieces, greylist);
    }

    Script inPieces() {
        return new Script(opening, ehlo, helo, reaction, true, greylist);
    }

    Script greylisting(Duration time) {
        return new Script(opening, ehlo, helo, reaction, pieces, time);
    }

    private static Opening greeting(String reply) {
        return new Opening.Greeting("", Duration.ZERO, reply, false);
    }
}
