package org.starttlscensus.publish;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * One file to publish.
 *
 * @param name   {@code *.csv}, or {@code *.csv.gz} for a compressed one
 * @param header its columns
 * @param rows   its rows; may be read more than once
 */
public record DatasetFile(String name, List<String> header, Rows rows) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]+\\.csv(?:\\.gz)?");

    /** A source of rows: passes on every row, with one cell per column, always in the same order. */
    public interface Rows {
        void each(Consumer<List<String>> row);
    }

    public DatasetFile {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name of a published file: \"" + name + "\"; expected one like adoption.csv or servers.csv.gz");
        }
        header = List.copyOf(header);
    }

    boolean isCompressed() {
        return name.endsWith(".gz");
    }
}
