package org.starttlscensus.lists;

import java.util.Optional;

/** What came of fetching a list. */
public sealed interface FetchOutcome {

    /**
     * There is another edition, and it has taken the place of the one before.
     *
     * @param before     the one before, if there was one
     * @param hasCutLine whether its last line has no line end
     */
    record Replaced(FetchedList edition, Optional<FetchedList> before, boolean hasCutLine) implements FetchOutcome {}

    /** The edition that we have is still the latest. */
    record Unchanged(FetchedList edition) implements FetchOutcome {}

    /**
     * Nothing came that could be an edition, and nothing was changed.
     *
     * @param why  what was seen and what was expected
     * @param kept the edition that stays, if there is one
     */
    record NotFetched(String why, Optional<FetchedList> kept) implements FetchOutcome {}

    /** What came is not used, and nothing was changed. The fields are those of {@link NotFetched}. */
    record RefusedEdition(String why, Optional<FetchedList> kept) implements FetchOutcome {}
}
