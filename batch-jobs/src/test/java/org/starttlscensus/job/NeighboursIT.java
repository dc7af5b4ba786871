package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.Probers;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.lab.LabPopulation;

/**
 * What a server's neighbours say decides nothing about it: servers of every behavior of the lab, and many without a
 * fault, each in a /24 of its own and all in one. In as many nights as {@code -Dcensus.neighbours} says, each in an
 * order of its own, and the nights after them: what a night stores for later ones decides nothing about neighbours
 * either.
 */
class NeighboursIT {

    private static final int NIGHTS = Integer.getInteger("census.neighbours", 1);

    @TempDir
    private static Path directory;

    @BeforeAll
    static void warmUp() throws Exception {
        Probers.warmUp();
    }

    @Test
    void aServerHasTheSameOutcomeByItselfAndAmongUnrelatedNeighbours() throws Exception {
        var differences = new TreeMap<String, String>();
        for (int number = 0; number < NIGHTS; number++) {
            var night = new CensusNight(LabNights.FIRST.date().plusDays(number));
            var apart = found(night, LabPopulation.APART);
            var among = found(night, LabPopulation.AMONG);
            assertEquals(apart.keySet(), among.keySet());
            apart.forEach((host, value) -> {
                if (!value.equals(among.get(host)))
                    differences.put(host, value + " apart, " + among.get(host) + " among others");
            });
        }
        assertEquals(Map.of(), differences);
    }

    /** By host: what it imitates need not be known here, because both labs give the same servers the same names. */
    private static Map<String, String> found(CensusNight night, LabPopulation population) throws Exception {
        try (var nights = LabNights.patient(directory.resolve(population + "-" + night), population)) {
            assertEquals(NightRunner.NightResult.COMPLETED, nights.run(night));
            assertEquals(
                    NightRunner.NightResult.COMPLETED,
                    nights.run(new CensusNight(night.date().plusDays(1))));
            return nights.pairs("""
                    SELECT night || ' ' || mx_host,
                           concat_ws(' ', outcome, starttls, usable, reply_code, tls_version, chain, name_match, flags)
                    FROM pub.server""");
        }
    }
}
