package org.starttlscensus.lab;

/** What a server does with the command STARTTLS. */
sealed interface Upgrade {

    /** 220, then a handshake. */
    record Handshake(TlsOffer offer, Paper paper) implements Upgrade {}

    /** 220, then a handshake with those whose first message fits one packet; a longer one is read halfway, and that is the end. */
    record OnePacket(Handshake handshake) implements Upgrade {}

    /** A reply that is no 220; the conversation goes on in the clear. */
    record Refusal(String reply) implements Upgrade {}

    /** 220, then an orderly close. */
    record HangUp() implements Upgrade {}

    /** 220 with more octets behind it in the same segment. */
    record Injection(String behind) implements Upgrade {}

    /** 220, then a fatal alert for every ClientHello. */
    record Alert(int description) implements Upgrade {}
}
