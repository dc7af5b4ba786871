package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DemoNextStepsTest {

    @Test
    void removesTheFolderWhateverItIsCalled() {
        assertEquals("rm -r '/a b/it'\\''s'", DemoNextSteps.removal(new DemoHome(Path.of("/a b/it's"))));
    }
}
