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

    /** Breaks down when the timer writes for the first time, and tells when it has been written to again. */
    private static final class Terminal extends ByteArrayOutputStream {

        private final CountDownLatch told = new CountDownLatch(1);
        private boolean broken;

        @Override
        public synchronized void write(byte[] octets, int from, int length) {
            if (Thread.currentThread().getName().equals("progress") && !broken) {
                broken = true;
                throw new IllegalStateException("no terminal any more");
            }
            super.write(octets, from, length);
            if (broken && toString(StandardCharsets.UTF_8).endsWith("\n")) told.countDown();
        }
    }

    @Test
    void aFaultOfItsTimerIsTold() throws Exception {
        var terminal = new Terminal();
        var out = new PrintStream(terminal, true, StandardCharsets.UTF_8);
        try (var line = ProgressLine.on(out, false, Duration.ofMillis(1))) {
            line.begin("call");
            assertTrue(terminal.told.await(20, TimeUnit.SECONDS), "nobody was told");
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
