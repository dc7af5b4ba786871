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
}
