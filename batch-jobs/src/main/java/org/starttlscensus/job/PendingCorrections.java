package org.starttlscensus.job;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.Corrections;
import org.starttlscensus.store.Corrections.UnpublishedCorrections;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Filing;
import org.starttlscensus.store.KnownStates;
import org.starttlscensus.store.Trends;
import org.starttlscensus.store.Verdicts;

/**
 * Nights with verdicts that another look has put right, and files that do not show it yet. Domains and trends follow
 * from servers, so they are computed before anything is written: whoever is killed in between does it next time.
 */
final class PendingCorrections {

    private final Database database;
    private final InstantSource clock;
    private final Corrections corrections;

    PendingCorrections(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.corrections = new Corrections(database);
    }

    /** All of them, ready to be written. */
    List<UnpublishedCorrections> all() {
        var pending = corrections.unpublished();
        pending.forEach(this::complete);
        return pending;
    }

    /** Those of a night, ready to be written. */
    Optional<UnpublishedCorrections> of(CensusNight night) {
        var pending = corrections.unpublished().stream()
                .filter(one -> one.night().equals(night))
                .findFirst();
        pending.ifPresent(this::complete);
        return pending;
    }

    private void complete(UnpublishedCorrections pending) {
        if (pending.isComputed()) return;
        var night = pending.night();
        var version = new Filing(database).publishedVersion(night).orElseThrow();
        new Trends(database).aggregate(night, version);
        new Verdicts(database).rollUpDomains(night, version);
        new KnownStates(database).note(night);
        corrections.computed(night, clock.instant());
    }

    /** The files of the night show them. */
    void published(CensusNight night) {
        corrections.published(night, clock.instant());
    }

    /** What {@code CHANGES.md} says of them. */
    static String words(UnpublishedCorrections pending) {
        return ("%,d rows of servers.csv.gz measured again, because postmasters asked for it, and what follows from "
                        + "them in the other files; whoever opted out since that night is now in its n_opted_out")
                .formatted(pending.servers());
    }
}
