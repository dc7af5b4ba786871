package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabOptions;

/** Nights of about ten seconds over the lab, for tests that kill or disturb them. */
final class MiniNight {

    private static final long LONGEST_MILLISECONDS = 180_000;

    private MiniNight() {}

    /** Half an hour between attempts becomes 0.9 s. */
    static LabOptions lab(Path home, int number) {
        return LabOptions.in(home.resolve("lab" + number)).withNetwork("127.77").withTimeScale(0.0005);
    }

    static String date(int number) {
        return LocalDate.of(2030, 1, 1).plusDays(number).toString();
    }

    static Map<String, String> settings(Lab lab, Map<String, String> database) {
        var settings = new LinkedHashMap<>(lab.settings());
        settings.putAll(database);
        return settings;
    }

    static void finish(CensusProcess run, String which) throws Exception {
        if (!run.isOverWithin(LONGEST_MILLISECONDS)) {
            run.kill();
            throw new AssertionError(which + " does not end\n" + run.output());
        }
        assertEquals(0, run.exit(), which + "\n" + run.output());
    }
}
