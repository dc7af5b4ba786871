package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabSettings;

/** Nights of ten seconds or so over the lab, for tests that treat them roughly. */
final class MiniNight {

    private static final long LONGEST_MILLISECONDS = 180_000;

    private MiniNight() {}

    static LabSettings lab(Path home, int number) {
        return new LabSettings(home.resolve("lab" + number), "127.77", 0.02);
    }

    static String date(int number) {
        return LocalDate.of(2030, 1, 1).plusDays(number).toString();
    }

    /** Half an hour between attempts becomes 0.9 s. */
    static Map<String, String> settings(Lab lab, Map<String, String> database) {
        var settings = new LinkedHashMap<>(lab.settings());
        settings.put("census.lab.time-scale", "0.0005");
        settings.putAll(database);
        return settings;
    }

    static void finish(CensusProcess run, String which) throws Exception {
        if (!run.isOverWithin(LONGEST_MILLISECONDS)) {
            run.kill();
            throw new AssertionError(which + " does not end\n" + run.said());
        }
        assertEquals(0, run.exit(), which + "\n" + run.said());
    }
}
