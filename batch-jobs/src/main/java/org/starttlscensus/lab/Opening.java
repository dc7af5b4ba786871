package org.starttlscensus.lab;

import java.time.Duration;

/** What a server does with a new connection. Durations are those of real servers; the lab scales them. */
sealed interface Opening {

    /** No process listens on the port. */
    record NoListener() implements Opening {}

    /** Accepts, then resets. */
    record Reset() implements Opening {}

    /** Accepts, then closes in order without sending anything. */
    record Close() implements Opening {}

    /** Accepts and never sends anything. */
    record Silence() implements Opening {}

    /**
     * Greets.
     *
     * @param teaser  the first lines of a greeting of several lines, sent at once; may be empty
     * @param delay   between teaser and reply
     * @param reply   the last lines of the greeting; unless its code begins with 2, only QUIT is accepted after it
     * @param hangsUp whether the server closes after the reply
     */
    record Greeting(String teaser, Duration delay, String reply, boolean hangsUp) implements Opening {}

    /** Greets one octet at a time. */
    record Drip(String reply, Duration perOctet) implements Opening {}
}
