package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of earlier nights are read with these words. */
class StoredWordsTest {

    @ParameterizedTest
    @EnumSource(ChainStatus.class)
    void ofAChainAreReadBack(ChainStatus status) {
        assertEquals(status, ChainStatus.of(status.label()));
    }

    @ParameterizedTest
    @EnumSource(OutcomeFlag.class)
    void ofAFlagAreReadBack(OutcomeFlag flag) {
        assertEquals(flag, OutcomeFlag.of(flag.label()));
    }

    @Test
    void areNotGuessed() {
        assertEquals("untrusted_root", ChainStatus.UNTRUSTED_ROOT.label());
        assertEquals("masked_banner", OutcomeFlag.MASKED_BANNER.label());
        assertThrows(IllegalArgumentException.class, () -> ChainStatus.of("UNTRUSTED_ROOT"));
        assertThrows(IllegalArgumentException.class, () -> OutcomeFlag.of(""));
    }
}
