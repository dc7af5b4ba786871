package org.starttlscensus.lab;

/** What a server does with the command STARTTLS. */
sealed interface StartTlsReaction {

    /** 220, then a handshake. */
    record ShakeHands(TlsOffer offer, CertificateKind kind) implements StartTlsReaction {}

    /** 220, then a handshake with those whose first message fits one packet; a longer one is read halfway, and that is the end. */
    record OnePacket(ShakeHands shakeHands) implements StartTlsReaction {}

    /** A reply that is no 220; the conversation goes on in the clear. */
    record Refusal(String reply) implements StartTlsReaction {}

    /** 220, then an orderly close. */
    record HangUp() implements StartTlsReaction {}

    /** 220 with more octets behind it in the same segment. */
    record Injection(String behind) implements StartTlsReaction {}

    /** 220, then a fatal alert for every ClientHello. */
    record Alert(int description) implements StartTlsReaction {}
}
