package org.starttlscensus.politeness;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long, or until when, a reply asks us not to call. */
public sealed interface AskedWait {

    /** Nobody can keep us away for longer with one reply. */
    Duration LONGEST = Duration.ofDays(14);

    /** The words of the reply that named it, in the spelling of {@link ReplyText#wording}. */
    String words();

    /**
     * How long it lasts, at most {@link #LONGEST}; empty if it is over.
     *
     * @param heard when the reply came
     */
    Optional<Duration> from(Instant heard);

    /** "in 3.2 days". */
    record WaitOfLength(String words, Duration length) implements AskedWait {
        @Override
        public Optional<Duration> from(Instant heard) {
            return bounded(length);
        }
    }

    /** "until 2026-12-03". */
    record WaitUntil(String words, Instant until) implements AskedWait {
        @Override
        public Optional<Duration> from(Instant heard) {
            return bounded(Duration.between(heard, until));
        }
    }

    private static Optional<Duration> bounded(Duration wait) {
        return Optional.of(wait.compareTo(LONGEST) > 0 ? LONGEST : wait).filter(Duration::isPositive);
    }
}
