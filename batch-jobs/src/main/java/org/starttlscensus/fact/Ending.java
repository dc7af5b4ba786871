package org.starttlscensus.fact;

/** What ended a call, as seen on the wire; never what it means. Together with the phase in which it happened it is total. */
public enum Ending {
    /** STARTTLS, handshake and the second EHLO were answered; we said QUIT. */
    COMPLETED,
    /** A reply that does not lead on (or an EHLO reply without STARTTLS); we said QUIT. The phase's reply tells. */
    REPLIED,
    /** The peer closed the connection in order. */
    CLOSED,
    /** The peer reset the connection. */
    RESET,
    /** The phase's or the whole call's deadline passed. */
    TIMED_OUT,
    /** The peer refused the connection. */
    REFUSED,
    /**
     * An ICMP unreachable of whatever kind from the peer or a router before it, or nobody of that address on our own
     * network.
     */
    NO_ROUTE,
    /** More octets, a longer line or more lines than we read. */
    TOO_MUCH,
    /** What came is no SMTP reply. */
    NOT_SMTP,
    /** Octets behind the 220 to STARTTLS: response injection. */
    INJECTED,
    /** The TLS handshake, or the TLS session before the second EHLO was answered, failed: see the failure. */
    TLS_FAILURE,
    /** The address may not be called: special purpose, or outside the lab's networks. Nothing was sent. */
    NOT_CALLABLE,
    /** The permit's time to dial had passed. Nothing was sent. */
    NOT_DIALLED,
    /** Our source address is of the other IP version. Nothing was sent. */
    NO_FAMILY,
    /** This machine itself has no way to the address: its routing table or its policy says so. Nothing was sent. */
    NO_ROUTE_HERE,
    /**
     * This machine can call nobody: out of file descriptors or ports, or its source address is gone. Nothing was
     * sent.
     */
    LOCAL_ERROR,
    /** We broke this one call off: a bug of ours, or the end of the run. */
    BROKEN_OFF;

    public String label() {
        return Labels.of(this);
    }

    public static Ending of(String label) {
        return Labels.read(Ending.class, label);
    }
}
