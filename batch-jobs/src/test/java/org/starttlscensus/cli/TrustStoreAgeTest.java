package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrustStoreAgeTest {

    @Test
    void isWarnedOfAfter180Days() {
        var made = LocalDate.parse("2026-07-22");
        assertEquals(Optional.empty(), TrustStoreAge.warning("mozilla-2026-07-22", made.plusDays(180)));
        var warning =
                TrustStoreAge.warning("mozilla-2026-07-22", made.plusDays(181)).orElseThrow();
        assertTrue(warning.startsWith("WARNING: the roots"), warning);
        assertTrue(warning.contains("mozilla-2026-07-22") && warning.contains("181 days old"), warning);
        assertTrue(warning.endsWith("census trust-store update FILE"), warning);
    }

    @Test
    void isUnknownWithoutADate() {
        assertEquals(Optional.empty(), TrustStoreAge.warning("real-parts", LocalDate.parse("2026-07-22")));
    }
}
