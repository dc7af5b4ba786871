package org.starttlscensus.job;

import java.util.ArrayList;
import java.util.List;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.FencedException;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.Outage;
import org.starttlscensus.verdict.TrustStore;

/**
 * Closes nights that were broken off when a later one begins. No more servers are called for them: they are judged
 * by what they have, and they are not published.
 */
final class InterruptedNights {

    private final Database database;
    private final Progress progress;
    private final StopSignal stopSignal;
    private final NightJobRunner jobs;

    InterruptedNights(Database database, Progress progress, StopSignal stopSignal, NightJobRunner jobs) {
        this.database = database;
        this.progress = progress;
        this.stopSignal = stopSignal;
        this.jobs = jobs;
    }

    /**
     * The oldest first. A night that cannot be closed does not hold up the others.
     *
     * @return why nights could not be closed: bugs of ours, to be thrown when tonight is over
     */
    List<RuntimeException> close(NightRequest tonight, TrustStore trustStoreTonight) {
        var faults = new ArrayList<RuntimeException>();
        for (var unfinished : new Nights(database).interruptedBefore(tonight.night())) {
            if (stopSignal.isRequested()) break;
            progress.say("night %s was broken off, and night %s begins: it is judged by what it has, and not published"
                    .formatted(unfinished.night(), tonight.night()));
            try {
                close(unfinished, tonight, trustStoreTonight);
            } catch (RuntimeException e) {
                if (Outage.isCausedBy(e) || e instanceof FencedException) throw e;
                faults.add(e);
                progress.say("night %s could not be closed: %s. It stays as it is, and tonight goes on"
                        .formatted(unfinished.night(), e.getMessage()));
            }
        }
        return faults;
    }

    private void close(NightRow unfinished, NightRequest tonight, TrustStore trustStoreTonight) {
        var noMoreCalls = new CallControl();
        noMoreCalls.closeWindow();
        jobs.run(
                tonight.forEarlier(unfinished.night()),
                trustStoreOf(unfinished, trustStoreTonight),
                NightEnd.CLOSED_EARLY,
                noMoreCalls);
    }

    /** The one the night was opened with. If that never judged anything in this database, tonight's is used. */
    private TrustStore trustStoreOf(NightRow night, TrustStore tonight) {
        if (night.trustStore().equals(tonight.name())) return tonight;
        return ChainVerdictCaches.stored(database, night.trustStore()).orElseGet(() -> {
            new Nights(database).judgeBy(night.night(), tonight.name());
            return tonight;
        });
    }
}
