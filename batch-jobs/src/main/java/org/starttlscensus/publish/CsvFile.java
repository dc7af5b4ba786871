package org.starttlscensus.publish;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/**
 * Writes one file: RFC 4180 with LF, UTF-8. The same rows give the same bytes: Java's gzip header contains no time,
 * name or operating system (RFC 1952, section 2.3.1: MTIME 0, OS 255).
 */
final class CsvFile {

    private static final int BUFFER = 1 << 16;

    private CsvFile() {}

    /** Writes and fsyncs the file; returns its SHA-256 in hexadecimal. */
    static String write(Path file, DatasetFile content) throws IOException {
        var sha256 = sha256();
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Folders.letOthersRead(file);
            var disk =
                    new BufferedOutputStream(new DigestOutputStream(Channels.newOutputStream(channel), sha256), BUFFER);
            if (content.isCompressed()) {
                var gzip = new GZIPOutputStream(disk, BUFFER);
                write(gzip, content);
                gzip.finish();
            } else {
                write(disk, content);
            }
            disk.flush();
            channel.force(true);
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static void write(OutputStream out, DatasetFile content) throws IOException {
        var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out, StandardCharsets.UTF_8);
        try {
            csv.writeRecord(content.header());
            content.rows().each(row -> write(csv, content, row));
        } catch (Unwritable e) {
            throw e.cause;
        }
        csv.flush();
    }

    private static void write(CsvWriter csv, DatasetFile content, List<String> row) {
        if (row.size() != content.header().size()) {
            throw new IllegalStateException("%s: a row has %d cells, its header has %d"
                    .formatted(content.name(), row.size(), content.header().size()));
        }
        try {
            csv.writeRecord(row.stream().map(Cell::of).toList());
        } catch (UncheckedIOException e) {
            throw new Unwritable(Objects.requireNonNull(e.getCause()));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** Carries an I/O error of ours through the row source, so that it is not mistaken for an error of that source. */
    private static final class Unwritable extends RuntimeException {

        private final transient IOException cause;

        Unwritable(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
