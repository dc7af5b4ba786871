package org.starttlscensus.job;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.publish.DatasetFile;
import org.starttlscensus.publish.DatasetWriter;
import org.starttlscensus.store.AcceptedReason;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Publications;
import org.starttlscensus.store.PublishedRows;
import org.starttlscensus.store.PublishedTable;

/** Writes the files of a night, all of which appear at once, and notes that and why. */
public final class NightPublisher {

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
        var rows = new PublishedRows(database);
        var files = Arrays.stream(PublishedTable.values())
                .map(table -> new DatasetFile(table.file(), table.columns(), row -> rows.each(table, night, port, row)))
                .toList();
        new DatasetWriter()
                .publish(out, files)
                .ifPresent(kept ->
                        progress.say("%s: another set of this night was published there before; it is kept as %s"
                                .formatted(out, kept)));
        new Publications(database).add(night, reason, clock.instant());
    }
}
