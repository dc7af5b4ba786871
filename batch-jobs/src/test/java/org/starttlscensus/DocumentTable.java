package org.starttlscensus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The rows of a table in a page of {@code docs}, without its heading: each a list of cells, back quotes off. */
public final class DocumentTable {

    private static final Path DOCS = Path.of("../docs");

    private DocumentTable() {}

    /** @param heading how the heading of the table begins, for example {@code | outcome | starttls |} */
    public static List<List<String>> rows(String page, String heading) {
        try {
            var rows = Files.readAllLines(DOCS.resolve(page)).stream()
                    .dropWhile(line -> !line.startsWith(heading))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"))
                    .map(DocumentTable::cells)
                    .toList();
            if (rows.isEmpty())
                throw new IllegalStateException("%s has no table that begins %s".formatted(page, heading));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.split("\\|", -1))
                .skip(1)
                .map(cell -> cell.replace("`", "").strip())
                .toList();
    }
}
