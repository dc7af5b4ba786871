package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.Probers;
import org.starttlscensus.lab.LabPopulation;
import org.starttlscensus.tls.Offer;

/** A night of overlap: half of the addresses get the previous ClientHello, and neither series hides in the other. */
class OverlapNightIT {

    @TempDir
    private static Path directory;

    private static LabNights nights;

    @BeforeAll
    static void runTheNight() throws Exception {
        Probers.warmUp();
        nights = LabNights.open(directory, LabPopulation.APART, "census.tls.previous-offer-percent=50");
        assertEquals(NightRunner.NightResult.COMPLETED, nights.run(LabNights.FIRST));
    }

    @AfterAll
    static void close() throws Exception {
        if (nights != null) nights.close();
    }

    private static String value(String question) throws Exception {
        return String.valueOf(nights.pairs("SELECT 'value', (" + question + ")").get("value"));
    }

    @Test
    void theNightSaysWhichOffersItWasMeasuredBy() throws Exception {
        assertEquals(
                Offer.standard().id() + " " + Offer.previous().id() + " 50",
                value("SELECT concat_ws(' ', offers[1], previous_offer, previous_offer_percent) FROM pub.night"));
    }

    @Test
    void trendsOfTlsCountTheNightsOwnOfferOnly() throws Exception {
        var previous = """
                SELECT mx_host FROM pub.handshake WHERE offer_id = '%s'""".formatted(Offer.previous().id());
        for (var metric : Map.of(
                        "tls_handshake_ok", "true",
                        "pq_hybrid", "outcome = 'starttls_ok'")
                .entrySet()) {
            var counted = value("SELECT count(*) FROM pub.server WHERE starttls AND %s AND mx_host NOT IN (%s)"
                    .formatted(metric.getValue(), previous));
            assertEquals(counted, value(counts(metric.getKey(), "n_yes + n_no")), metric.getKey());
        }
        var left = Integer.parseInt(
                value("SELECT count(*) FROM pub.server WHERE starttls AND mx_host IN (%s)".formatted(previous)));
        assertTrue(left > 15, () -> left + " servers with the previous offer");
        assertTrue(Integer.parseInt(value(counts("tls_handshake_ok", "n_unknown"))) >= left);
        for (var view : List.of("tls_version", "cipher_suite", "key_exchange_group"))
            assertEquals(
                    value("""
                            SELECT count(*) FROM pub.server
                            WHERE outcome = 'starttls_ok' AND mx_host NOT IN (%s)""".formatted(previous)),
                    value("SELECT sum(n_yes) FROM pub.%s WHERE list_id = 'all' AND weight = 'mx_ip'".formatted(view)),
                    view);
    }

    @Test
    void whetherStarttlsIsOfferedDoesNotDependOnOurOffer() throws Exception {
        assertEquals(
                value("SELECT count(*) FROM pub.server WHERE starttls"), value(counts("starttls_offered", "n_yes")));
    }

    @Test
    void bothSeriesStandSideBySide() throws Exception {
        var shown = nights.pairs("""
                SELECT version || ' ' || is_published, sum(servers)
                FROM pub.overlap WHERE kind = 'offer' AND subject = 'handshake' GROUP BY 1""");
        assertEquals(
                nights.pairs(
                        """
                        SELECT offer_id || ' ' || (offer_id = '%1$s'), count(DISTINCT mx_host)
                        FROM pub.handshake WHERE offer_id IN ('%1$s', '%2$s') GROUP BY offer_id""".formatted(Offer.standard().id(), Offer.previous().id())),
                shown);
        assertEquals(2, shown.size());
        assertEquals(
                nights.pairs("SELECT trust_store, count(*) FROM pub.server_chain GROUP BY trust_store"),
                nights.pairs("""
                        SELECT version, sum(servers) FROM pub.overlap
                        WHERE kind = 'trust_store' AND subject = 'chain' GROUP BY version"""));
    }

    private static String counts(String metric, String what) {
        return """
                SELECT %s FROM pub.adoption
                WHERE list_id = 'all' AND weight = 'mx_ip' AND metric = '%s'""".formatted(what, metric);
    }
}
