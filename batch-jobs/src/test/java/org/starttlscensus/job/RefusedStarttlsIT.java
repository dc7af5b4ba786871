package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.lab.ServerBehavior;

/**
 * A server that advertises STARTTLS and answers 454 for want of a certificate, over three nights of the lab: it is
 * asked twice in the first, not at all in the second, and once a week after the first.
 */
class RefusedStarttlsIT {

    private static final CensusNight NEXT = CensusNight.of("2030-01-02");
    private static final CensusNight WEEK_LATER = CensusNight.of("2030-01-08");

    @TempDir
    private static Path directory;

    @Test
    void isAskedOnceInSevenNightsOnceItIsKnown() throws Exception {
        try (var nights = LabNights.afterFirstNight(directory)) {
            var addresses = nights.lab().universe().endpoints().entrySet().stream()
                    .filter(server -> server.getValue() == ServerBehavior.TLS_454)
                    .map(server -> server.getKey().address())
                    .collect(Collectors.toSet());
            assertTrue(!addresses.isEmpty());
            assertEquals(2L * addresses.size(), said(nights, addresses), "a refusal needs a second look");
            assertEquals(Set.of("tls_unavailable 1 -"), shown(nights, LabNights.FIRST));

            assertEquals(NightRunner.NightResult.COMPLETED, nights.run(NEXT));
            assertEquals(2L * addresses.size(), said(nights, addresses), "not said");
            assertEquals(
                    Set.of("tls_unavailable 7 not_asked STARTTLS was last refused on 2030-01-01"), shown(nights, NEXT));

            assertEquals(NightRunner.NightResult.COMPLETED, nights.run(WEEK_LATER));
            assertEquals(3L * addresses.size(), said(nights, addresses), "once");
            assertEquals(Set.of("tls_unavailable 1 -"), shown(nights, WEEK_LATER));
        }
    }

    /** How often STARTTLS was said at these addresses so far, as their servers saw it. */
    private static long said(LabNights nights, Set<Address> addresses) {
        return nights.lab().log().sessions().stream()
                .filter(session -> addresses.contains(session.address()))
                .filter(session -> session.commands().contains("STARTTLS"))
                .count();
    }

    private static Set<String> shown(LabNights nights, CensusNight night) throws SQLException {
        return new TreeSet<>(nights.pairs("""
                SELECT mx_host, concat_ws(' ', outcome, measured_within_nights,
                                          coalesce(nullif(array_to_string(flags, ' '), ''), '-'), server.detail)
                FROM pub.server
                WHERE night = '%s'
                  AND mx_host IN (
                      SELECT mx_host FROM pub.server
                      WHERE night = '2030-01-01' AND outcome = 'tls_unavailable')""".formatted(night)).values());
    }
}
