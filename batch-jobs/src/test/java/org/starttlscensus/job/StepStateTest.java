package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.starttlscensus.store.StepState;

class StepStateTest {

    @Test
    void hasTheWordsOfSpringBatch() {
        assertEquals(words(BatchStatus.values()), words(StepState.values()));
    }

    private static Object words(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).collect(Collectors.toSet());
    }
}
