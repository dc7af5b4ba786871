package org.starttlscensus.fact;

/** How a call ended, as seen on the wire, without interpretation. With the phase it describes every possible end. */
public enum Ending {
    /** STARTTLS, the handshake and the second EHLO were answered, and we sent QUIT. */
    COMPLETED,
    /** A reply stopped the dialogue (or EHLO did not offer STARTTLS), and we sent QUIT. The phase's reply shows why. */
    REPLIED,
    /** The peer closed the connection with a FIN. */
    CLOSED,
    /** The peer reset the connection. */
    RESET,
    /** The phase's or the whole call's deadline passed. */
    TIMED_OUT,
    /** The peer refused the connection. */
    REFUSED,
    /**
     * The peer or a router on the way sent an ICMP "unreachable" of any kind, or no machine on our own network has the
     * address.
     */
    NO_ROUTE,
    /** More octets, a longer line or more lines than we read. */
    TOO_MUCH,
    /** The peer sent something that is not an SMTP reply. */
    NOT_SMTP,
    /** Plaintext octets other than CR, LF and blanks followed the go-ahead to STARTTLS: response injection. */
    INJECTED,
    /** The TLS handshake failed, or the TLS session failed before the second EHLO was answered; see the failure. */
    TLS_FAILURE,
    /** The address must not be called: it is special-purpose, or outside the lab's networks. Nothing was sent. */
    NOT_CALLABLE,
    /** The permit had expired before we connected. Nothing was sent. */
    NOT_DIALLED,
    /** Our source address has the other IP version. Nothing was sent. */
    NO_FAMILY,
    /** This machine has no route to the address, by its routing table or its policy. Nothing was sent. */
    NO_ROUTE_HERE,
    /**
     * This machine can open no connection: no file descriptor, no port, or no source address is left. Nothing was sent.
     */
    LOCAL_ERROR,
    /** We aborted this call: a bug of ours, or the end of the run. */
    BROKEN_OFF;

    public String label() {
        return Labels.of(this);
    }

    public static Ending of(String label) {
        return Labels.read(Ending.class, label);
    }
}
