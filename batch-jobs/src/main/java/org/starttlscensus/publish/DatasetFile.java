package org.starttlscensus.publish;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * One file that is to be published.
 *
 * @param name   {@code *.csv}, or {@code *.csv.gz} for a compressed one
 * @param header its columns
 * @param rows   its rows; may be asked for more than once
 */
public record DatasetFile(String name, List<String> header, Rows rows) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]+\\.csv(?:\\.gz)?");

    /** Where rows come from: hands out every row, with a cell for each column, always in the same order. */
    public interface Rows {
        void each(Consumer<List<String>> row);
    }

    public DatasetFile {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a published file is called like adoption.csv or servers.csv.gz, not \"" + name + "\"");
        }
        header = List.copyOf(header);
    }

    boolean isCompressed() {
        return name.endsWith(".gz");
    }
}
