package org.starttlscensus.job;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.publish.DatasetWriter;
import org.starttlscensus.store.AcceptedReason;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Publications;

/** Writes the files of a night, all of which appear at once, notes that and why, and takes down who opted out. */
public final class NightPublisher {

    private static final String REWRITTEN =
            "written again, because the database does not say what was published here; the earlier files are kept";

    private final Database database;
    private final Progress progress;
    private final InstantSource clock;

    public NightPublisher(Database database, Progress progress, InstantSource clock) {
        this.database = database;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * @param out    the folder of the night
     * @param port   the port that was called
     * @param reason the operator's; empty: none was needed
     */
    public void publish(CensusNight night, Path out, int port, Optional<AcceptedReason> reason) {
        var corrections = new PendingCorrections(database, clock);
        var what = corrections.of(night).map(PendingCorrections::words).orElse(REWRITTEN);
        new DatasetWriter()
                .publish(
                        out,
                        PublishedFiles.of(database, night, port),
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                        what)
                .ifPresent(kept ->
                        progress.say("%s: another set of this night was published there before; it is kept as %s"
                                .formatted(out, kept)));
        corrections.published(night);
        new Publications(database).add(night, reason, clock.instant());
        takeDown(out);
    }

    /** Takes whoever opted out out of the files of all nights beside that one. */
    void takeDown(Path out) {
        var nights = out.getParent();
        if (nights == null) return;
        var taken = Takedowns.run(database, nights, clock.instant());
        taken.rewritten().forEach(night -> progress.say(Takedowns.words(night)));
        taken.skipped().forEach(skipped -> progress.say(Takedowns.words(skipped)));
    }
}
