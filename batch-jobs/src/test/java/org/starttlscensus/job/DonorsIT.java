package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.store.Plans;
import org.starttlscensus.store.Verdicts;

/** Which called host name the other names of the same address inherit from. */
class DonorsIT extends PlannedDomains {

    private int tests;

    @BeforeEach
    void twentyFourNamesOnOneAddress() {
        var network = "203.0." + ++tests + ".";
        for (int i = 0; i < 24; i++) {
            var name = "mx" + i + "." + night + ".test";
            host(name, network + "25");
            domain("d" + i + "-" + night + ".test", name);
        }
        plan();
    }

    @Test
    void theDonorIsTheOneOfThePlanIfItWasCalled() {
        var donor = donors().getFirst();
        judge(List.of(), "starttls_ok");
        new Verdicts(database).inherit(night);
        assertEquals(List.of(donor), donors());
        assertEquals(Map.of("true starttls_ok", 4L), inherited());
    }

    @Test
    void aDonorThatWasNotCalledIsReplacedByTheFirstThatWas() {
        var planned = donors().getFirst();
        var second = inOrder().get(1);
        judge(List.of(planned), "starttls_ok");
        new Verdicts(database).inherit(night);
        assertEquals(List.of(second), donors());
        assertEquals(Map.of("true starttls_ok", 4L), inherited());
        new Verdicts(database).inherit(night);
        assertEquals(List.of(second), donors(), "judged again it is the same");
    }

    @Test
    void ifNoneWasCalledThePlannedDonorHasTheReason() {
        var planned = donors();
        judge(inOrder(), "starttls_ok");
        new Verdicts(database).inherit(night);
        assertEquals(planned, donors());
        assertEquals(Map.of(" not_attempted_window_end", 4L), inherited());
    }

    /** The endpoints to be called, in tonight's order. */
    private static List<Long> inOrder() {
        var ids = new ArrayList<Long>();
        new Plans(database).toCall(night, call -> ids.add(call.endpointId()));
        return ids;
    }

    private static List<Long> donors() {
        return sql("""
                SELECT DISTINCT donor_endpoint_id FROM census.planned_call
                WHERE night = :night AND donor_endpoint_id IS NOT NULL""").query(Long.class).list();
    }

    private static void judge(List<Long> notCalled, String outcome) {
        sql("""
                INSERT INTO census.assessed_server (night, endpoint_id, outcome, starttls, attempts, flags,
                                                   method_version)
                SELECT night, endpoint_id, CASE WHEN called THEN :outcome ELSE 'not_attempted_window_end' END,
                       CASE WHEN called THEN true END, called::integer, '{}', '1'
                FROM (
                    SELECT night, endpoint_id, endpoint_id <> ALL (:not_called) AS called
                    FROM census.planned_call
                    WHERE night = :night AND not_attempted IS NULL
                ) AS planned""")
                .param("outcome", outcome)
                .param("not_called", notCalled.toArray(Long[]::new))
                .update();
    }

    private static Map<String, Long> inherited() {
        Map<String, Long> found = new HashMap<>();
        sql("""
                SELECT coalesce(starttls::text, '') || ' ' || detail AS shown, count(*) AS servers
                FROM census.assessed_server
                WHERE night = :night AND outcome = 'not_attempted_inherited' GROUP BY 1""").query(row -> {
            found.put(row.getString("shown"), row.getLong("servers"));
        });
        return found;
    }

    private static JdbcClient.StatementSpec sql(String statement) {
        return JdbcClient.create(database.dataSource()).sql(statement).param("night", night.date());
    }
}
