package org.starttlscensus.lab;

/** What a server does after the command STARTTLS. */
sealed interface StartTlsReaction {

    /** 220, then a handshake. */
    record ShakeHands(TlsOffer offer, CertificateKind kind) implements StartTlsReaction {}

    /** Another positive reply than 220, then a handshake. */
    record InOtherWords(String reply, ShakeHands shakeHands) implements StartTlsReaction {}

    /** 220, then a handshake if the ClientHello fits in one packet; otherwise the server closes. */
    record OnePacket(ShakeHands shakeHands) implements StartTlsReaction {}

    /** A reply other than 220; the session goes on without TLS. */
    record Refusal(String reply) implements StartTlsReaction {}

    /** 220, then an orderly close. */
    record HangUp() implements StartTlsReaction {}

    /** 220, with more octets after it in the same segment. */
    record Injection(String extra) implements StartTlsReaction {}

    /** 220, then a fatal alert to every ClientHello. */
    record Alert(int description) implements StartTlsReaction {}
}
