package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabTimeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.001 | its waits are 1,000 times shorter than real ones. Half an hour between two looks is 1.8 s here.",
                "0.05  | its waits are 20 times shorter than real ones. Half an hour between two looks is 90 s here.",
                "0.5   | its waits are 2.0 times shorter than real ones. Half an hour between two looks is 15 min here.",
                "1e-6  | its waits are 1,000,000 times shorter than real ones. Half an hour between two looks is 1.8 ms here."
            })
    void isToldWhereDurationsAre(double timeScale, String words) {
        assertEquals(Optional.of("This is a lab: " + words), LabTime.sentence(timeScale));
    }

    @Test
    void realTimeNeedsNoWords() {
        assertEquals(Optional.empty(), LabTime.sentence(1));
        assertEquals(Optional.of("This is a lab without waits: all limits of time are 0 here."), LabTime.sentence(0));
    }
}
