package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    /** Throws when the timer writes for the first time, and records when it is written to again. */
    private static final class Terminal extends ByteArrayOutputStream {

        private final CountDownLatch writtenAgain = new CountDownLatch(1);
        private boolean broken;

        @Override
        public synchronized void write(byte[] octets, int from, int length) {
            if (Thread.currentThread().getName().equals("progress") && !broken) {
                broken = true;
                throw new IllegalStateException("no terminal any more");
            }
            super.write(octets, from, length);
            if (broken && toString(StandardCharsets.UTF_8).endsWith("\n")) writtenAgain.countDown();
        }
    }

    @Test
    void aFaultOfItsTimerIsTold() throws Exception {
        var terminal = new Terminal();
        var out = new PrintStream(terminal, true, StandardCharsets.UTF_8);
        try (var line = ProgressLine.on(out, false, Duration.ofMillis(1))) {
            line.begin("call");
            assertTrue(terminal.writtenAgain.await(20, TimeUnit.SECONDS), "nobody was writtenAgain");
            assertEquals(
                    "the progress is not shown any more (java.lang.IllegalStateException: no terminal any more); "
                            + "the night goes on",
                    terminal.toString(StandardCharsets.UTF_8)
                            .lines()
                            .skip(1)
                            .findFirst()
                            .orElseThrow());
        }
    }

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private long nanos;

    private ProgressLine line() {
        var out = new PrintStream(written, true, StandardCharsets.UTF_8);
        return ProgressLine.on(out, false, Duration.ofHours(1), () -> nanos);
    }

    /** A line that wraps cannot be written over: each 200 ms it left its first half behind. */
    @Test
    void itFitsIntoANarrowTerminal() {
        var out = new PrintStream(written, true, StandardCharsets.UTF_8);
        try (var line = ProgressLine.on(out, 40, () -> nanos)) {
            line.begin("call");
            line.at(1_234, 200_000);
            passes(100);
            line.show();
            for (var part : written.toString(StandardCharsets.UTF_8).split("[\r\n]"))
                assertTrue(part.length() < 40, part);
            assertTrue(written.toString(StandardCharsets.UTF_8).contains("call       1,234 / 200,000   0 %"));
        }
    }

    private void passes(int seconds) {
        nanos += seconds * 1_000_000_000L;
    }

    private String shown(ProgressLine line) {
        written.reset();
        line.show();
        return written.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void whatIsLeftStandsStillWhileTheRunIsPaused() {
        try (var line = line()) {
            line.begin("call");
            passes(100);
            line.at(50, 150);
            assertEquals("call       50 / 150   33 %   0.5/s   3 min 20 s left", shown(line));
            line.paused(true);
            var paused = shown(line);
            assertEquals("call       50 / 150   33 %   0.5/s   3 min 20 s left when resumed   paused", paused);
            passes(3_600);
            assertEquals(paused, shown(line));
            line.paused(true); // said twice
            passes(3_600);
            line.paused(false);
            assertEquals("call       50 / 150   33 %   0.5/s   3 min 20 s left", shown(line));
            passes(100);
            line.at(100, 150);
            assertEquals("call       100 / 150   66 %   0.5/s   100 s left", shown(line));
        }
    }

    /** A night that was paused before its run began. */
    @Test
    void aPauseBeforeTheStepIsNoPartOfItsTime() {
        try (var line = line()) {
            line.paused(true);
            passes(500);
            line.begin("call");
            passes(500);
            line.paused(false);
            passes(10);
            line.at(10, 20);
            assertEquals("call       10 / 20   50 %   1.0/s   10 s left", shown(line));
        }
    }
}
