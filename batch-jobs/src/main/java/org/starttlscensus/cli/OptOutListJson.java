package org.starttlscensus.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.OptOuts;

/** {@code census opt-out list --json}. */
record OptOutListJson(List<OptOutWishJson> wishes) {

    static OptOutListJson of(List<OptOuts.Wish> wishes) {
        return new OptOutListJson(wishes.stream().map(OptOutWishJson::of).toList());
    }

    /** One wish to be left out. */
    record OptOutWishJson(
            String subject,
            String channel,
            Instant notedAt,
            Optional<String> notedBy,
            Optional<String> askedBy,
            Optional<String> note,
            Optional<String> record,
            Optional<LocalDate> lastSeen,
            int absentNights) {

        private static OptOutWishJson of(OptOuts.Wish wish) {
            return new OptOutWishJson(
                    wish.subject().toString(),
                    wish.channel().label(),
                    wish.notedAt(),
                    wish.notedBy(),
                    wish.told().askedBy(),
                    wish.told().note(),
                    wish.record(),
                    wish.lastSeen().map(CensusNight::date),
                    wish.absentNights());
        }
    }
}
