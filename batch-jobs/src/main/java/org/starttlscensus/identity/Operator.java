package org.starttlscensus.identity;

import java.net.URI;
import java.util.List;
import org.starttlscensus.fact.Hostname;

/**
 * Who runs this census, as others are told.
 *
 * @param name          a person or an organisation
 * @param contact       {@code mailto:} or {@code https:}
 * @param page          the page that says who calls and why
 * @param sources       at least one
 * @param answersWithin within how many days a message is answered, on working days
 * @param hours         when calls come, for example {@code 22:00-06:00 UTC}
 * @param daysOfReplies how long raw replies are kept, at least
 */
public record Operator(
        String name,
        URI contact,
        URI page,
        List<CallingSource> sources,
        int answersWithin,
        String hours,
        long daysOfReplies) {

    private static final int LONGEST_NAME = 200;

    public Operator {
        sources = List.copyOf(sources);
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl))
            throw new IllegalArgumentException(
                    "the operator's name: one line of 1 to %d characters".formatted(LONGEST_NAME));
        if (sources.isEmpty()) throw new IllegalArgumentException("an operator without a source address");
        if (answersWithin < 1) throw new IllegalArgumentException("answers within " + answersWithin + " days");
    }

    /** The names of all sources, each once. */
    List<Hostname> names() {
        return sources.stream().map(CallingSource::name).distinct().toList();
    }
}
