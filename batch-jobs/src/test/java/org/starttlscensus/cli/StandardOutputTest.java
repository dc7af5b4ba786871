package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A result that could not be written is not reported as done. */
class StandardOutputTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private int settingsPrintedTo(String failure) {
        var stdout = new StandardOutput(new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                if (!failure.isEmpty()) throw new IOException(failure);
            }
        });
        var err = new PrintStream(said, true, StandardCharsets.UTF_8);
        var census = Census.commandLine(new PrintStream(stdout, true, StandardCharsets.UTF_8), err);
        return Census.ended(census, stdout, census.execute("settings", "example"));
    }

    @Test
    void aFullDiskIsAFault() {
        assertEquals(Faults.ENVIRONMENT, settingsPrintedTo("No space left on device"));
        assertEquals(
                "census: the output could not be written whole: No space left on device\n",
                said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aReaderThatHasReadEnoughIsNone() {
        assertEquals(0, settingsPrintedTo("Broken pipe"));
        assertEquals(0, settingsPrintedTo(""));
        assertEquals("", said.toString(StandardCharsets.UTF_8));
    }
}
