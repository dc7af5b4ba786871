package org.starttlscensus.lab;

import java.time.Duration;

/** What a server does with a new connection. Durations are those of the real world; the lab scales them. */
sealed interface Opening {

    /** Nothing listens there. */
    record NoListener() implements Opening {}

    /** Accepts, then resets. */
    record Reset() implements Opening {}

    /** Accepts, then closes in order without a word. */
    record Close() implements Opening {}

    /** Accepts and never says anything. */
    record Silence() implements Opening {}

    /**
     * Greets.
     *
     * @param teaser  sent at once, may be empty: a multi-line greeting's beginning
     * @param delay   between teaser and reply
     * @param reply   the greeting's (last) lines; a severity other than 2 ends the conversation but for QUIT
     * @param hangsUp whether the server closes by itself after the reply
     */
    record Greeting(String teaser, Duration delay, String reply, boolean hangsUp) implements Opening {}

    /** Greets one octet at a time. */
    record Drip(String reply, Duration perOctet) implements Opening {}
}
