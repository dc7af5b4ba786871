package org.starttlscensus.job;

import java.util.Arrays;
import java.util.List;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.publish.DatasetFile;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.PublishedRows;
import org.starttlscensus.store.PublishedTable;

/** The files of a night, as the database has them. */
final class PublishedFiles {

    private PublishedFiles() {}

    static List<DatasetFile> of(Database database, CensusNight night, int port) {
        var rows = new PublishedRows(database);
        return Arrays.stream(PublishedTable.values())
                .map(table -> new DatasetFile(table.file(), table.columns(), row -> rows.each(table, night, port, row)))
                .toList();
    }
}
