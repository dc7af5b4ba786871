package org.starttlscensus.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;

/** The rows of the published files, from the views of schema {@code pub}: as text, always in the same order. */
public final class PublishedRows {

    private final Database database;

    public PublishedRows(Database database) {
        this.database = database;
    }

    /**
     * Passes on every row of one file, with a cell per column of {@link PublishedTable#columns}. Unknown values are
     * empty.
     *
     * @param port the port that was called
     */
    public void each(PublishedTable table, CensusNight night, int port, Consumer<List<String>> row) {
        database.stream(
                Sql.named(table.statement()),
                Map.of("night", night.date(), "port", port),
                found -> row.accept(cells(table.columns(), found)));
    }

    private static List<String> cells(List<String> columns, ResultSet row) throws SQLException {
        var cells = new ArrayList<String>(columns.size());
        for (var column : columns) {
            var text = row.getString(column);
            cells.add(text == null ? "" : column.equals("ip") ? canonical(text) : text);
        }
        return cells;
    }

    /** PostgreSQL writes {@code ::192.0.2.1}; RFC 5952 requires {@code ::c000:201}. */
    private static String canonical(String address) {
        return Address.of(address).toString();
    }
}
