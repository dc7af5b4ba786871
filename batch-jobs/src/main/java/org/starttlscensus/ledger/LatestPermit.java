package org.starttlscensus.ledger;

/** The latest permit of an endpoint. */
enum LatestPermit {
    /** There is none. */
    NOTHING,
    /** It may be a connection, or may still become one. */
    OPEN,
    NOT_DIALLED,
    ABANDONED,
    /** Its call was made, and the endpoint is called again. */
    RETRIED,
    /** Its call was made, and the endpoint is not called again. */
    OVER;

    static final LatestPermit[] ALL = values();
}
