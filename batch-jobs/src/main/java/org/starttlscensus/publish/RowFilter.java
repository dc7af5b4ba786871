package org.starttlscensus.publish;

import java.util.List;
import java.util.Optional;

/** Says what of a published row stays. */
@FunctionalInterface
public interface RowFilter {

    /**
     * The row as it stays, perhaps with emptied cells; empty if it is left out.
     *
     * @param file   for example {@code servers.csv.gz}
     * @param header its columns
     * @param row    a cell for each
     */
    Optional<List<String>> of(String file, List<String> header, List<String> row);
}
