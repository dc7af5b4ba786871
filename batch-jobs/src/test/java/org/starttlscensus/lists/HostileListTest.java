package org.starttlscensus.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile files. Time and memory stay bounded, and every line is counted. */
class HostileListTest {

    /** A million with {@code -Dcensus.garbage=1000000}. */
    private static final int GARBAGE = Integer.getInteger("census.garbage", 200_000);

    private static final long TEN_GIGABYTES = 10_000_000_000L;

    @TempDir
    private Path directory;

    @Test
    void aGzipBombOfTenMegabytesIsRefusedAtOnce() throws IOException {
        var member = ListFile.gzipOf('a', TEN_GIGABYTES / 1_000);
        var file = directory.resolve("bomb.gz");
        try (var target = Files.newOutputStream(file)) {
            for (int i = 0; i < 1_000; i++) target.write(member);
        }
        assertEquals(10, Math.round(Files.size(file) / 1e6), "megabytes");
        assertBombRefused(file);
    }

    @Test
    void aZipBombIsRefusedAtOnce() throws IOException {
        var file = directory.resolve("bomb.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.setLevel(Deflater.BEST_SPEED);
            zip.putNextEntry(new ZipEntry("top-1m.csv"));
            ListFile.fill(zip, 'a', 100_000_000);
        }
        assertBombRefused(file);
    }

    @Test
    void aBombAfterAnOrdinaryBeginningIsRefusedToo() throws IOException {
        var file = directory.resolve("bomb");
        var empty = ListFile.gzipOf('\n', 100_000_000);
        try (var target = Files.newOutputStream(file)) {
            var honest = new GZIPOutputStream(target);
            garbage(honest, RandomGeneratorFactory.of("L64X128MixRandom").create(1), 20_000);
            honest.finish();
            for (int i = 0; i < 5; i++) target.write(empty);
        }
        assertBombRefused(file);
    }

    private static void assertBombRefused(Path file) {
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            var refusal = MalformedListTest.assertRefused("unpack to more than", new ListFile(file));
            assertTrue(refusal.getMessage().contains("at most 100 times the size"), refusal.getMessage());
        });
    }

    @Test
    void aLineOfAGigabyteIsOneRejectedLineAndIsNotKept() throws IOException {
        var lines = new BoundedLines(new LongLine(1_000_000_000), LineReader.MOST_OCTETS);
        assertTrue(lines.advance() && lines.isTooLong());
        assertEquals(LineReader.MOST_OCTETS + 2, lines.length());
        assertEquals(100, lines.excerpt(ListLine.Rejected.MOST_EXCERPT).size());
        assertTrue(lines.advance() && !lines.isTooLong(), "the line after it");
        assertEquals(2, lines.number());
        assertFalse(lines.advance());
    }

    @Test
    void everyLineOfGarbageIsAcceptedOrRejectedWithAReason() throws IOException {
        var file = directory.resolve("garbage");
        try (var target = new BufferedOutputStream(Files.newOutputStream(file))) {
            garbage(target, RandomGeneratorFactory.of("L64X128MixRandom").create(42), GARBAGE);
        }
        var accepted = new LongAdder();
        var rejected = new LongAdder();
        var count = DomainList.read(DomainList.pin(file), ListFile.ANY, line -> {
                    switch (line) {
                        case ListLine.Listed listed -> accepted.increment();
                        case ListLine.Rejected bad -> {
                            assertTrue(
                                    bad.reason().label().matches("[a-z0-9_]+")
                                            && bad.excerpt().size() <= 100,
                                    bad::toString);
                            rejected.increment();
                        }
                    }
                })
                .count();
        assertEquals(GARBAGE, count.lines());
        assertEquals(count, new ListCount(GARBAGE, accepted.sum(), rejected.sum(), 0));
        assertTrue(accepted.sum() > 0.3 * GARBAGE && rejected.sum() > 0.3 * GARBAGE, count::toString);
        assertThrows(MalformedListException.class, () -> new ListFile(file).read(ListTolerance.ORDINARY));
    }

    /**
     * Half of the lines are ranks and names. The other half are random octets, except those that end a line or begin a
     * comment.
     */
    private static void garbage(OutputStream target, RandomGenerator random, int lines) throws IOException {
        for (int i = 1; i <= lines; i++) {
            if (random.nextBoolean()) {
                target.write((i + ",domain" + random.nextInt() + ".example\n")
                        .replace("-", "m")
                        .getBytes(StandardCharsets.US_ASCII));
                continue;
            }
            var octets = new byte[random.nextInt(1, 60)];
            random.nextBytes(octets);
            for (int k = 0; k < octets.length; k++) {
                if ((octets[k] >= 0 && octets[k] <= ' ') || octets[k] == '#') octets[k] = 'x';
            }
            target.write(octets);
            target.write('\n');
        }
    }

    /** One very long line, LF, and one more octet. */
    private static final class LongLine extends InputStream {

        private long left;

        LongLine(long length) {
            this.left = length + 2;
        }

        @Override
        public int read() {
            if (left <= 0) return -1;
            return left-- == 2 ? '\n' : 'a';
        }

        @Override
        public int read(byte[] target, int from, int most) {
            if (left <= 2) {
                int octet = read();
                if (octet >= 0) target[from] = (byte) octet;
                return octet < 0 ? -1 : 1;
            }
            int read = (int) Math.min(most, left - 2);
            Arrays.fill(target, from, from + read, (byte) 'a');
            left -= read;
            return read;
        }
    }
}
