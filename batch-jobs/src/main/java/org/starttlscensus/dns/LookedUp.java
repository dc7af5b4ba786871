package org.starttlscensus.dns;

import java.util.List;

/**
 * How a look-up of one name and type ended. A failure is never "there is none": whoever asks must say what follows from
 * each.
 */
public sealed interface LookedUp<T> {

    /** @param values at least one, in the order of the answer */
    record Present<T>(List<T> values) implements LookedUp<T> {

        public Present {
            values = List.copyOf(values);
            if (values.isEmpty()) throw new IllegalArgumentException("present, and nothing is there");
        }
    }

    /**
     * The name has no such record.
     *
     * @param nameExists false: nothing at all is below that name
     */
    record Denied<T>(boolean nameExists) implements LookedUp<T> {}

    /** Nobody knows whether there is one. */
    record Unanswered<T>(LookUpFailure why) implements LookedUp<T> {}
}
