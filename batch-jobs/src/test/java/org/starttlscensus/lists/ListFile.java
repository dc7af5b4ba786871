package org.starttlscensus.lists;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** List files for tests, and the lines read from them. */
record ListFile(Path path) {

    /** The result of {@link DomainList#read} and the lines passed to its sink. */
    record Result(ListCount count, List<ListLine> lines) {

        List<String> domains() {
            return lines.stream()
                    .filter(ListLine.Listed.class::isInstance)
                    .map(ListLine.Listed.class::cast)
                    .map(listed -> listed.domain().ascii())
                    .toList();
        }

        List<String> reasons() {
            return lines.stream()
                    .filter(ListLine.Rejected.class::isInstance)
                    .map(ListLine.Rejected.class::cast)
                    .map(rejected -> rejected.number() + " " + rejected.reason().label())
                    .toList();
        }
    }

    static final ListTolerance ANY = ListTolerance.ofPercent("100");

    static ListFile of(Path directory, byte[] contents) throws IOException {
        return new ListFile(Files.write(Files.createTempFile(directory, "list", ""), contents));
    }

    static ListFile of(Path directory, String contents) throws IOException {
        return of(directory, contents.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] gzip(byte[] contents) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(contents);
        }
        return packed.toByteArray();
    }

    /** A gzip member of {@code length} octets of one value, made without keeping them in memory. */
    static byte[] gzipOf(int octet, long length) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            fill(gzip, octet, length);
        }
        return packed.toByteArray();
    }

    /** Names and contents in turn; a name that ends with a slash is a directory. */
    static byte[] zip(String... namesAndContents) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(packed)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return packed.toByteArray();
    }

    /** Writes {@code length} octets of one value, without keeping them in memory. */
    static void fill(OutputStream target, int octet, long length) throws IOException {
        var chunk = new byte[1 << 20];
        Arrays.fill(chunk, (byte) octet);
        for (long left = length; left > 0; left -= chunk.length)
            target.write(chunk, 0, (int) Math.min(left, chunk.length));
    }

    Result read() {
        return read(ANY);
    }

    Result read(ListTolerance tolerance) {
        var lines = new ArrayList<ListLine>();
        return new Result(
                DomainList.read(DomainList.pin(path), tolerance, lines::add).count(), lines);
    }
}
