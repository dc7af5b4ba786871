package org.starttlscensus.politeness;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How long, or until when, a reply asks us not to call. */
public sealed interface AskedWait {

    /** Nobody can keep us away for longer with one reply. */
    Duration LONGEST = Duration.ofDays(14);

    /**
     * The words of the reply that named it, in the spelling of {@link ReplyText#wording}.
     *
     * @param heard when the reply came
     */
    String words(Instant heard);

    /**
     * How long it lasts, at most {@link #LONGEST}; empty if it is over.
     *
     * @param heard when the reply came
     */
    Optional<Duration> from(Instant heard);

    /** "in 3.2 days". */
    record WaitOfLength(String words, Duration length) implements AskedWait {
        @Override
        public String words(Instant heard) {
            return words;
        }

        @Override
        public Optional<Duration> from(Instant heard) {
            return bounded(length);
        }
    }

    /** "until 2026-12-03". */
    record WaitUntil(String words, Instant until) implements AskedWait {
        @Override
        public String words(Instant heard) {
            return words;
        }

        @Override
        public Optional<Duration> from(Instant heard) {
            return bounded(Duration.between(heard, until));
        }
    }

    /** "until 2026-12-03, at least 3 days": whichever of them lasts longest. */
    record LongestOf(List<AskedWait> waits) implements AskedWait {
        public LongestOf {
            waits = List.copyOf(waits);
        }

        @Override
        public String words(Instant heard) {
            return longest(heard).words(heard);
        }

        @Override
        public Optional<Duration> from(Instant heard) {
            return longest(heard).from(heard);
        }

        private AskedWait longest(Instant heard) {
            return Collections.max(
                    waits, Comparator.comparing(wait -> wait.from(heard).orElse(Duration.ZERO)));
        }
    }

    private static Optional<Duration> bounded(Duration wait) {
        return Optional.of(wait.compareTo(LONGEST) > 0 ? LONGEST : wait).filter(Duration::isPositive);
    }
}
