package org.starttlscensus.lists;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Properties;

/**
 * An edition of a list that was fetched. What is known of it stands in a small file beside it.
 *
 * @param file      of the list
 * @param url       from which it was asked for
 * @param sha256Hex of the file as it came
 * @param lines     all lines in it
 * @param textBytes its text, unpacked
 * @param etag      by which the server knows this edition
 */
public record FetchedList(
        Path file,
        URI url,
        String sha256Hex,
        long bytes,
        long lines,
        long textBytes,
        Instant fetchedAt,
        Optional<String> etag,
        Optional<String> lastModified) {

    private static final String BESIDE = ".edition";

    /**
     * The edition in this file; empty if it was not fetched, or if the file is no longer what was fetched. So a fetch
     * that was killed between the two files is made again.
     */
    public static Optional<FetchedList> of(Path file) throws IOException {
        var beside = beside(file);
        if (!Files.isRegularFile(beside) || !Files.isRegularFile(file)) return Optional.empty();
        var known = new Properties();
        known.load(new StringReader(Files.readString(beside)));
        try {
            var edition = new FetchedList(
                    file,
                    URI.create(text(known, "url")),
                    text(known, "sha256"),
                    Long.parseLong(text(known, "bytes")),
                    Long.parseLong(text(known, "lines")),
                    Long.parseLong(text(known, "text-bytes")),
                    Instant.parse(text(known, "fetched-at")),
                    Optional.ofNullable(known.getProperty("etag")),
                    Optional.ofNullable(known.getProperty("last-modified")));
            var isSame = Files.size(file) == edition.bytes
                    && DomainList.pin(file).sha256Hex().equals(edition.sha256Hex);
            return isSame ? Optional.of(edition) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeParseException notOurs) {
            return Optional.empty();
        }
    }

    /** Takes the place of the edition before, in one step: whoever reads the list gets the one or the other. */
    void replace(Path fetched) throws IOException {
        Files.move(fetched, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        write();
    }

    /** The same edition, seen again. */
    FetchedList write() throws IOException {
        var known = new Properties();
        known.setProperty("url", url.toString());
        known.setProperty("sha256", sha256Hex);
        known.setProperty("bytes", String.valueOf(bytes));
        known.setProperty("lines", String.valueOf(lines));
        known.setProperty("text-bytes", String.valueOf(textBytes));
        known.setProperty("fetched-at", fetchedAt.toString());
        etag.ifPresent(value -> known.setProperty("etag", value));
        lastModified.ifPresent(value -> known.setProperty("last-modified", value));
        var text = new StringWriter();
        known.store(text, "Written by census lists fetch");
        var unfinished = Files.createTempFile(file.toAbsolutePath().getParent(), ".edition-", "");
        try {
            Files.writeString(unfinished, text.toString());
            Files.move(unfinished, beside(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return this;
    }

    /** How much of an earlier edition is missing in this one, in lines or in bytes of text, whichever is more. */
    int missingPercentOf(FetchedList earlier) {
        return Math.toIntExact(Math.max(missing(lines, earlier.lines), missing(textBytes, earlier.textBytes)));
    }

    private static long missing(long now, long before) {
        return now >= before ? 0 : (before - now) * 100 / before;
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + BESIDE);
    }

    private static String text(Properties known, String key) {
        var value = known.getProperty(key);
        if (value == null) throw new IllegalArgumentException(key + " is missing");
        return value;
    }
}
