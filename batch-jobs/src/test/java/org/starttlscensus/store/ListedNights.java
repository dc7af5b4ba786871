package org.starttlscensus.store;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.Octets;

/** Gives nights a list, and so makes them nights that were begun. */
final class ListedNights {

    private ListedNights() {}

    /** The night is open already. */
    static void pin(Database database, CensusNight night) {
        var lists = new Lists(database);
        var edition = lists.load(
                new Lists.File(
                        "panel", "panel.txt", Octets.of("panel of " + night).sha256(), 1),
                rows -> {
                    rows.listed(new MailDomain("a.example"), OptionalInt.of(1));
                    return new Lists.LineCounts(1, 1, 0, 0, 0);
                },
                Instant.parse("2030-01-01T21:00:00Z"));
        lists.pin(night, List.of(edition));
    }
}
