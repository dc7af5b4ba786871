package org.starttlscensus.job;

import java.time.InstantSource;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Lists;
import org.starttlscensus.store.NightRemoval;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.NightStatus;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.Publications;
import org.starttlscensus.store.StepState;
import org.starttlscensus.verdict.TrustStore;

/**
 * Opens the row of a night and stores the roots that will judge it, or refuses a request that cannot be met. So the
 * night can be continued by the same roots, whatever the program brings by then.
 */
final class NightOpener {

    private final Database database;
    private final InstantSource clock;

    NightOpener(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @throws RefusedNightException if the night cannot be run as requested */
    void open(NightRequest request, TrustStore trustStore) {
        var nights = new Nights(database);
        nights.latest()
                .filter(latest -> request.night().compareTo(latest.night()) < 0)
                .ifPresent(latest -> {
                    throw outOfOrder(request, latest);
                });
        nights.find(request.night())
                .filter(row -> row.completedAt().isPresent())
                .ifPresent(row -> {
                    throw completed(
                            row, new Publications(database).of(row.night()).isPresent());
                });
        new PinnedLists(database).requireSame(request);
        refuseIfBegun(request);
        forgetIfNeverBegun(request.night());
        ChainVerdictCaches.store(trustStore, database, clock);
        var night = nights.open(request.night(), MethodVersion.VERSION, trustStore.name(), clock.instant());
        if (request.dryRun() && !nights.rehearse(request.night()))
            throw new IllegalStateException("night %s has begun meanwhile".formatted(request.night()));
        if (night.trustStore().equals(trustStore.name())) return;
        if (ChainVerdictCaches.stored(database, night.trustStore()).isPresent()) {
            throw new RefusedNightException("""
                    night %s was opened with the trust store %s, but this run is set to %s. A night is judged by one \
                    trust store only. No server was called. Set the first one again to continue the night.\
                    """.formatted(request.night(), night.trustStore(), trustStore.name()));
        }
        // Roots that are not here have judged nothing here: an earlier version of the program opened this night.
        nights.judgeBy(request.night(), trustStore.name());
    }

    /** A run that was refused before it had lists leaves a row. It must not bind the night to its trust store. */
    private void forgetIfNeverBegun(CensusNight night) {
        var isThere = new Nights(database).find(night).isPresent();
        if (!isThere || !new Lists(database).pinned(night).isEmpty()) return;
        var removal = new NightRemoval(database);
        if (removal.calls(night) == 0) removal.remove(night);
    }

    /**
     * A plan is made once per night, so {@code --limit} has no effect after it. A dry run of a night that has begun would
     * be no dry run: the night is bound to its lists and routes. Say so.
     */
    private void refuseIfBegun(NightRequest request) {
        var night = request.night();
        var isPlanned = new NightStatus(database).steps(night).get(NightStep.PLAN) == StepState.COMPLETED;
        var isBegun = !new Lists(database).pinned(night).isEmpty();
        if (request.dryRun() ? !isBegun : !isPlanned || request.mostCalls().isEmpty()) return;
        throw new RefusedNightException("""
                night %s %s already, so %s comes too late. No server was called. \
                Run without it to continue the night. To see how far it is: census status\
                """.formatted(
                        night, isPlanned ? "is planned" : "has begun", request.dryRun() ? "--dry-run" : "--limit"));
    }

    private RefusedNightException outOfOrder(NightRequest request, NightRow latest) {
        var isEmpty = latest.contactsPrunedAt().isEmpty() && new NightRemoval(database).calls(latest.night()) == 0;
        return new RefusedNightException("""
                night %s: this database already has night %s. Nights must be run in order, because routes and \
                addresses are stored as spans of nights. No server was called. Choose a later night, or another \
                database.%s""".formatted(
                        request.night(),
                        latest.night(),
                        isEmpty
                                ? " No call was made in night %s. If it is a mistake: census night forget %s"
                                        .formatted(latest.night(), latest.night())
                                : ""));
    }

    private static RefusedNightException completed(NightRow night, boolean published) {
        return new RefusedNightException(
                "night %s was completed at %s, so there is nothing left to do. No server was called.%s"
                        .formatted(
                                night.night(),
                                night.completedAt().orElseThrow(),
                                published || night.isClosedEarly()
                                        ? ""
                                        : " It is not published yet: census publish --help"),
                true);
    }
}
