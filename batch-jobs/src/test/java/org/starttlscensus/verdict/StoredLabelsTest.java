package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stored rows of earlier nights have these labels, so they must not change. */
class StoredLabelsTest {

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
    void acceptNoOtherSpelling() {
        assertEquals("untrusted_root", ChainStatus.UNTRUSTED_ROOT.label());
        assertEquals("masked_banner", OutcomeFlag.MASKED_BANNER.label());
        assertThrows(IllegalArgumentException.class, () -> ChainStatus.of("UNTRUSTED_ROOT"));
        assertThrows(IllegalArgumentException.class, () -> OutcomeFlag.of(""));
    }
}
