package org.starttlscensus.publish;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Reads the rows of a file that {@link CsvFile} wrote. */
final class CsvRows {

    private CsvRows() {}

    static List<String> header(Path file) throws IOException {
        try (var csv = open(file)) {
            return csv.stream()
                    .findFirst()
                    .orElseThrow(() -> new IOException(file + " has no header"))
                    .getFields();
        }
    }

    /** Passes on every row but the header, as it was given to be written. */
    static void each(Path file, Consumer<List<String>> row) {
        try (var csv = open(file)) {
            csv.stream()
                    .skip(1)
                    .forEach(found -> row.accept(
                            found.getFields().stream().map(Cell::read).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CsvReader<CsvRecord> open(Path file) throws IOException {
        InputStream octets = new BufferedInputStream(Files.newInputStream(file));
        if (String.valueOf(file.getFileName()).endsWith(".gz")) octets = new GZIPInputStream(octets, 1 << 16);
        return CsvReader.builder().ofCsvRecord(new InputStreamReader(octets, StandardCharsets.UTF_8));
    }
}
