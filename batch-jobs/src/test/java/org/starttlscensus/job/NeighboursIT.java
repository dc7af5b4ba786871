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
 * What a server's neighbours say decides nothing about it: two servers of every behavior of the lab, each in a /24 of
 * its own and all in one, in as many nights as {@code -Dcensus.neighbours} says, each in an order of its own.
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
                    differences.put(night + " " + host, value + " apart, " + among.get(host) + " among others");
            });
        }
        assertEquals(Map.of(), differences);
    }

    /** By host: what it imitates need not be known here, because both labs give the same servers the same names. */
    private static Map<String, String> found(CensusNight night, LabPopulation population) throws Exception {
        try (var nights = LabNights.open(directory.resolve(population + "-" + night), population)) {
            assertEquals(NightRunner.NightResult.COMPLETED, nights.run(night));
            return nights.pairs("""
                    SELECT mx_host, concat_ws(' ', outcome, starttls, usable, reply_code, tls_version, chain, name, flags)
                    FROM pub.server WHERE night = '%s'""".formatted(night));
        }
    }
}
