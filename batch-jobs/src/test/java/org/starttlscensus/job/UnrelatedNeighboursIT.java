package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.Probers;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.lab.LabPopulation;

/** Fifty unrelated servers in one /24, two of which refuse us: a refusal is that of its address. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UnrelatedNeighboursIT {

    private static final CensusNight SECOND = CensusNight.of("2030-01-02");

    @TempDir
    private static Path directory;

    private static LabNights nights;

    @BeforeAll
    static void open() throws Exception {
        Probers.warmUp();
        nights = LabNights.open(directory, LabPopulation.UNRELATED);
    }

    @AfterAll
    static void close() throws Exception {
        if (nights != null) nights.close();
    }

    private static Map<String, String> outcomes(CensusNight night) throws Exception {
        return nights.pairs("SELECT outcome, count(*) FROM census.server_verdict WHERE night = '%s' GROUP BY outcome"
                .formatted(night));
    }

    @Test
    @Order(1)
    void theNeighboursOfAServerThatBlocksUsAreMeasured() throws Exception {
        assertEquals(NightRunner.NightResult.COMPLETED, nights.run(LabNights.FIRST));
        assertEquals(Map.of("starttls_ok", "48", "blocked", "1", "blocked_suspected", "1"), outcomes(LabNights.FIRST));
        assertEquals(Map.of("net:127.20.1.0/24", "0 address 2"), nights.pairs("""
                SELECT DISTINCT provider, suspensions || ' ' || charged || ' ' || suspended_addresses
                FROM census.politeness WHERE night = '2030-01-01'"""));
    }

    /** I5: none after the first block of a charged address; a suspicion is looked at once more. */
    @Test
    @Order(2)
    void theServerThatBlocksUsSeesUsOnce() {
        var seen = nights.lab().log().sessions().stream()
                .collect(Collectors.groupingBy(session -> session.address().toString(), Collectors.counting()));
        assertEquals(1, seen.get("127.20.1.8"));
        assertEquals(2, seen.get("127.20.1.22"));
        assertEquals(50, seen.size());
    }

    @Test
    @Order(3)
    void onlyTheServersThatBlockedAreLeftOutTheNextNight() throws Exception {
        assertEquals(
                Map.of("127.20.1.8", "2030-01-01 1", "127.20.1.22", "2030-01-01 1"),
                nights.pairs("SELECT host(address), blocked_since || ' ' || nights FROM census.address_standing"));
        assertEquals(Map.of(), nights.pairs("SELECT provider, nights FROM census.provider_standing"));
        assertEquals(NightRunner.NightResult.COMPLETED, nights.run(SECOND));
        assertEquals(Map.of("starttls_ok", "48", "not_attempted_suspended", "2"), outcomes(SECOND));
    }
}
