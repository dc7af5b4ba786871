package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.GrantedPermits;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.ProviderHistory;
import org.starttlscensus.store.WritableVerdicts;

/** What a night stores for later nights: which providers blocked us, and which endpoints could not be reached. */
class ProviderHistoryIT extends PlannedDomains {

    /** Providers that blocked us on an earlier night already do not count. */
    @Test
    void theUsualShareIsThatOfFirstBlocksInTheWeekBefore() {
        host("mx1.example.net", "192.0.2.1");
        host("mx2.example.net", "192.0.2.2");
        domain("one.example.com", "mx1.example.net");
        domain("two.example.com", "mx1.example.net", "mx2.example.net");
        domain("three.example.com", "mx2.example.net");
        plan();
        assertEquals(
                Map.of("example.net", 3L), new ProviderHistory(database).mailOfProviders(night), "backups add nothing");
        call(Feedback.Signal.BLOCKED);
        assertEquals(List.of(3L, 3L), newlyBlocked());
        tomorrow();
        assertTrue(new ProviderHistory(database).usuallyBlocked(night) > 0);
        tomorrow();
        plan();
        call(Feedback.Signal.BLOCKED);
        assertEquals(List.of(3L, 0L), newlyBlocked());
    }

    private List<Long> newlyBlocked() {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT servers, newly_blocked FROM census.blocked_share WHERE night = :night")
                .param("night", night.date())
                .query((row, _) -> List.of(row.getLong(1), row.getLong(2)))
                .single();
    }

    /** Calls all planned servers, all with the same result. */
    private void call(Feedback.Signal reception) {
        var permits = new Permits(database);
        var dusk = night.date().atTime(22, 0).toInstant(ZoneOffset.UTC);
        var at = dusk;
        for (long endpoint : called()) {
            var id = GrantedPermits.commit(
                            permits,
                            new Nights(database).takeOver(night),
                            List.of(new Permits.Chosen(endpoint, 1, false, ProbeKind.STANDARD, at, at.plusSeconds(10))))
                    .get(endpoint)
                    .permitId();
            permits.close(
                    List.of(new Permits.Used(
                            id,
                            Optional.of(at),
                            Optional.of(at.plusSeconds(1)),
                            new PermitSignal.Classified(ReplyClass.OTHER),
                            Optional.of("test"),
                            Optional.of(Feedback.of(reception)),
                            Optional.empty())),
                    at);
            at = at.plus(Duration.ofHours(2));
        }
        RecordHistoryStep.noteProviders(database, night, limits);
    }

    /** What each of 30 nights from now on does with the server: called, or the reason. */
    private List<String> nights(int count, Supplier<Feedback.Signal> reception) {
        var seen = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            plan();
            var planned = planned("coalesce(not_attempted, 'called')").values().stream()
                    .distinct()
                    .toList();
            seen.add(String.join(" ", planned));
            if (!called().isEmpty()) call(reception.get());
            tomorrow();
        }
        return seen;
    }

    @Test
    void aBlockingProviderIsLeftOutForOneTwoFourAndSevenNights() {
        for (int i = 0; i < 2; i++) {
            host("mx" + i + ".blocks-i.test", "192.0." + i + ".1");
            for (int customer = 0; customer < 2; customer++)
                domain("customer" + i + customer + "-i.test", "mx" + i + ".blocks-i.test");
        }
        var nights = nights(27, () -> Feedback.Signal.BLOCKED);
        assertEquals(
                "c.c..c....c.......c.......c",
                nights.stream()
                        .map(seen -> seen.equals("called") ? "c" : seen.equals("suspended") ? "." : "?")
                        .collect(Collectors.joining()));
    }

    @Test
    void anyAcceptedCallEndsABlock() {
        for (int i = 0; i < 2; i++) {
            host("mx" + i + ".relents-j.test", "192.0." + i + ".1");
            for (int customer = 0; customer < 2; customer++)
                domain("customer" + i + customer + "-j.test", "mx" + i + ".relents-j.test");
        }
        var receptions =
                new ArrayDeque<>(List.of(Feedback.Signal.BLOCKED, Feedback.Signal.WELCOMED, Feedback.Signal.WELCOMED));
        assertEquals(List.of("called", "suspended", "called", "called"), nights(4, receptions::poll));
    }

    /** What stands of a block is changed by later nights; what a night ended with is not. */
    @Test
    void aNightKeepsWhoBlockedUsWhenItEnded() {
        host("mx.keeps-n.test", "192.0.2.9");
        domain("keeps-n.test", "mx.keeps-n.test");
        plan();
        var providerHistory = new ProviderHistory(database);
        var began = night;
        providerHistory.noteBlocked(night, List.of("keeps-n.test"), List.of(Address.of("192.0.2.9")));
        providerHistory.noteWhoBlocks(night);
        tomorrow();
        plan();
        providerHistory.noteProviders(night, List.of("keeps-n.test"), List.of());
        providerHistory.noteAddresses(night, List.of(), List.of(Address.of("192.0.2.9")));
        providerHistory.noteWhoBlocks(night);
        providerHistory.noteWhoBlocks(night); // twice is once
        tomorrow();
        plan();
        providerHistory.noteProviders(night, List.of(), List.of("keeps-n.test"));
        providerHistory.noteWhoBlocks(night);
        assertEquals(
                List.of(
                        "%s keeps-n.test - %s".formatted(began, began),
                        "%s - 192.0.2.9 %s".formatted(began, began),
                        "%s keeps-n.test - %s".formatted(began.date().plusDays(1), began)),
                JdbcClient.create(database.dataSource())
                        .sql("""
                        SELECT concat_ws(' ', night, coalesce(provider, '-'), coalesce(host(ip), '-'), blocked_since)
                        FROM pub.blocked
                        WHERE provider = 'keeps-n.test' OR ip = '192.0.2.9'
                        ORDER BY night, provider NULLS LAST""")
                        .query(String.class)
                        .list());
    }

    @Test
    void afterThreeUnreachableNightsAServerIsCalledEverySecondFourthAndSeventhNight() {
        host("mx.gone-k.test", "192.0.2.1");
        domain("gone-k.test", "mx.gone-k.test");
        domain("other-k.test", "mx.gone-k.test");
        var seen = new StringBuilder();
        for (int i = 0; i < 24; i++) {
            plan();
            var ids = called();
            seen.append(ids.isEmpty() ? '.' : 'c');
            ids.forEach(id -> verdict(night, id, "unreachable_timeout", 1));
            new ProviderHistory(database).noteUnreachable(night);
            new ProviderHistory(database).noteUnreachable(night); // twice is once
            tomorrow();
        }
        assertEquals("ccc.c...c......c......c.", seen.toString());
    }

    /** A broken-off night may be closed after later nights. What those stored is newer and must stay. */
    @Test
    void aNightThatIsClosedLateForgetsNothingThatLaterNightsLearned() {
        host("mx.turns-l.test", "192.0.2.1");
        domain("turns-l.test", "mx.turns-l.test");
        plan();
        var late = night;
        var endpoint = called().getFirst();
        var providerHistory = new ProviderHistory(database);
        tomorrow();
        providerHistory.noteProviders(night, List.of("turns-l.test"), List.of());
        verdict(night, endpoint, "unreachable_timeout", 1);
        providerHistory.noteUnreachable(night);
        providerHistory.noteProviders(late, List.of(), List.of("turns-l.test"));
        verdict(late, endpoint, "starttls_ok", 1);
        providerHistory.noteUnreachable(late);
        var next = new CensusNight(night.date().plusDays(1));
        assertTrue(providerHistory.blockedBefore(next).contains("turns-l.test"));
        assertEquals(
                1L,
                JdbcClient.create(database.dataSource())
                        .sql("SELECT count(*) FROM census.unreachable_endpoint WHERE endpoint_id = :id")
                        .param("id", endpoint)
                        .query(Long.class)
                        .single());
        providerHistory.noteProviders(next, List.of(), List.of("turns-l.test"));
        assertFalse(providerHistory.blockedBefore(next).contains("turns-l.test"), "a later welcome");
    }

    private static void verdict(CensusNight night, long endpoint, String outcome, int attempts) {
        WritableVerdicts.in(database);
        JdbcClient.create(database.dataSource())
                .sql("INSERT INTO census.server_verdict (night, endpoint_id, outcome, attempts) "
                        + "VALUES (:night, :endpoint, :outcome, :attempts)")
                .param("night", night.date())
                .param("endpoint", endpoint)
                .param("outcome", outcome)
                .param("attempts", attempts)
                .update();
    }

    /**
     * Which servers accepted us last is taken from the last complete night, because a broken-off one has called only a
     * few of them.
     */
    @Test
    void aNightThatWasClosedEarlyDoesNotHideWhoWelcomedUsBefore() {
        host("mx.known-m.test", "192.0.2.1");
        domain("known-m.test", "mx.known-m.test");
        plan();
        var endpoint = called().getFirst();
        var census = JdbcClient.create(database.dataSource());
        verdict(night, endpoint, "starttls_ok", 1);
        census.sql("UPDATE census.server_verdict SET starttls = true WHERE night = :night")
                .param("night", night.date())
                .update();
        new Nights(database).complete(new Nights(database).takeOver(night), Instant.parse("2030-01-02T06:00:00Z"));
        tomorrow();
        plan();
        assertEquals(List.of("t"), List.copyOf(planned("is_known").values()));
        verdict(night, endpoint, "not_attempted_window_end", 0);
        new Nights(database).closeEarly(new Nights(database).takeOver(night), Instant.parse("2030-01-02T06:00:00Z"));
        tomorrow();
        plan();
        assertEquals(List.of("t"), List.copyOf(planned("is_known").values()));
    }
}
