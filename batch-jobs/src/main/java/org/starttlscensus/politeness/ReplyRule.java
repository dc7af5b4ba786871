package org.starttlscensus.politeness;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.starttlscensus.fact.ReplyMeaning;

/**
 * One line of the table: where it applies, which codes and texts it fits, and what they mean.
 *
 * @param code matched against the beginning of {@link ReplyText#code}
 * @param text searched for in {@link ReplyText#wording}; empty fits every text
 */
record ReplyRule(String id, Set<Place> places, Pattern code, Optional<Pattern> text, ReplyMeaning meaning) {

    /**
     * The position of a reply in the dialogue. STARTTLS is two places, because a server that did not offer it may
     * refuse it.
     */
    enum Place {
        BANNER,
        EHLO,
        STARTTLS,
        UNADVERTISED,
        AFTER_TLS
    }

    ReplyRule {
        places = Set.copyOf(places);
    }

    boolean fits(Place place, ReplyText reply) {
        return places.contains(place)
                && code.matcher(reply.code()).lookingAt()
                && text.map(pattern -> pattern.matcher(reply.wording()).find()).orElse(true);
    }
}
