package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.GrantedPermits;
import org.starttlscensus.dispatch.CallSource;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.RefusalTarget;
import org.starttlscensus.fact.Feedback.Signal;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.ledger.Ledger;
import org.starttlscensus.ledger.ProviderPaces;
import org.starttlscensus.store.NightRemoval;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.OperatorOverride;
import org.starttlscensus.store.OperatorOverrides;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.StandingWait;
import org.starttlscensus.store.StandingWaits;

/** "Expected removal in 3.2 days" keeps us away for 3.2 days, whatever happens between the nights. */
class AskedWaitsIT extends PlannedDomains {

    private static final Duration DAYS_3_2 = Duration.ofHours(76).plusMinutes(48);
    private static final String WORDS = "expected removal in 3.2 days";

    private Instant dusk() {
        return Instant.parse(night + "T22:00:00Z");
    }

    /** Calls the one server of this name at dusk. */
    private void answer(String name, Signal signal, Duration wait) {
        var endpoint = JdbcClient.create(database.dataSource())
                .sql("""
                SELECT endpoint_id FROM census.planned_call
                JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                WHERE night = :night AND mail_host.name = :name""")
                .param("night", night.date())
                .param("name", name)
                .query(Long.class)
                .single();
        var permits = new Permits(database);
        var id = GrantedPermits.commit(
                        permits,
                        new Nights(database).takeOver(night),
                        List.of(new Permits.Chosen(
                                endpoint, 1, false, ProbeKind.STANDARD, dusk(), dusk().plusSeconds(10))))
                .get(endpoint)
                .permitId();
        permits.close(
                night,
                List.of(new Permits.Used(
                        id,
                        Optional.of(dusk()),
                        Optional.of(dusk().plusSeconds(1)),
                        new PermitSignal.Classified(ReplyClass.OTHER),
                        Optional.of("test"),
                        Optional.of(new Feedback(signal, RefusalTarget.NOBODY, Optional.of(wait))),
                        Optional.empty(),
                        Optional.of(WORDS))),
                dusk().plusSeconds(1));
    }

    /** What each of the next nights does with its server. */
    private List<String> nights(int count) {
        var seen = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            tomorrow();
            plan();
            seen.addAll(planned("coalesce(not_attempted, 'called')").values());
        }
        return seen;
    }

    private void oneServer(String domain) {
        host("mx." + domain, "192.0.2.1");
        domain("customer-" + domain, "mx." + domain);
        domain("another-" + domain, "mx." + domain);
        plan();
    }

    /** The fourth night opens less than five hours before that time is over, so it waits. */
    @Test
    void aProviderIsCalledWhenTheTimeIsOverThatItNamed() {
        oneServer("names-a.test");
        var first = night;
        answer("mx.names-a.test", Signal.RATE_LIMITED, DAYS_3_2);
        assertEquals(List.of("suspended", "suspended"), nights(2));
        assertTrue(
                planned("detail").toString().contains("its provider asked us at %sT22:00:01Z".formatted(first)),
                planned("detail")::toString);
        assertEquals(List.of("called"), nights(1));
        var until = Instant.parse(first + "T22:00:01Z").plus(DAYS_3_2);
        for (int restart = 0; restart < 2; restart++) {
            var ledger = Ledger.open(
                    database,
                    new Nights(database).takeOver(night),
                    CallSource.CHOSEN_BY_SYSTEM,
                    limits,
                    new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7)));
            assertEquals(Optional.of(until), ledger.firstCallAt(), "restart " + restart);
        }
        assertEquals(
                Optional.of(new StandingWait(
                        "names-a.test",
                        Address.of("192.0.2.1"),
                        true,
                        first,
                        Instant.parse(first + "T22:00:01Z"),
                        DAYS_3_2,
                        until,
                        Optional.of(WORDS))),
                StandingWaits.at(database, until.minusSeconds(1), 1).ofProvider("names-a.test"));
        assertEquals(List.of(), StandingWaits.at(database, until, 1).all());
    }

    /** Else a dry run would tell of servers that the run does not call. */
    @Test
    void waitsStandAlsoInANightThatIsOnlyTriedOut() {
        oneServer("tried-d.test");
        answer("mx.tried-d.test", Signal.RATE_LIMITED, DAYS_3_2);
        tomorrow();
        new Nights(database).open(night, "test", "test", dusk());
        var waits = StandingWaits.atOpening(database, night, 1).all();
        assertTrue(new Nights(database).rehearse(night));
        assertEquals(1, waits.size());
        assertEquals(waits, StandingWaits.atOpening(database, night, 1).all());
        new NightRemoval(database).remove(night);
    }

    /** Nights that refuse in between are counted as ever; whichever lasts longer counts. */
    @Test
    void aBlockAndAWaitBothCount() {
        oneServer("blocks-b.test");
        answer("mx.blocks-b.test", Signal.BLOCKED, Duration.ofDays(4).minusHours(3));
        RecordHistoryStep.noteProviders(database, night, limits);
        assertEquals(List.of("suspended", "suspended", "suspended", "called"), nights(4));
    }

    @Test
    void nobodyKeepsUsAwayForMoreThanTwoWeeks() {
        oneServer("hostile-c.test");
        answer("mx.hostile-c.test", Signal.RATE_LIMITED, Duration.ofDays(14));
        var seen = nights(15);
        assertEquals(13, seen.indexOf("called"), seen::toString);
    }

    /** A fault of one server says nothing about the others, and neither does a wait of a customer's server. */
    @Test
    void onlyTheAddressWaitsWhereItAloneIsCharged() {
        host("mx1.faulty-d.test", "192.0.2.1");
        host("mx2.faulty-d.test", "192.0.2.2");
        domain("one-d.test", "mx1.faulty-d.test");
        domain("two-d.test", "mx2.faulty-d.test");
        host("mail.customer-d.test", "198.51.100.1");
        domain("customer-d.test", "mail.customer-d.test");
        host("mail.neighbour-d.test", "198.51.100.2");
        domain("neighbour-d.test", "mail.neighbour-d.test");
        plan();
        answer("mx1.faulty-d.test", Signal.TEMPORARY, DAYS_3_2);
        answer("mail.customer-d.test", Signal.RATE_LIMITED, DAYS_3_2);
        tomorrow();
        plan();
        assertEquals(
                "{mail.customer-d.test[198.51.100.1]=suspended, mail.neighbour-d.test[198.51.100.2]=called, "
                        + "mx1.faulty-d.test[192.0.2.1]=suspended, mx2.faulty-d.test[192.0.2.2]=called}",
                planned("coalesce(not_attempted, 'called')").toString());
    }

    @Test
    void theOperatorsWordEndsIt() {
        oneServer("resumed-e.test");
        answer("mx.resumed-e.test", Signal.RATE_LIMITED, DAYS_3_2);
        assertEquals(List.of("suspended"), nights(1));
        resume("resumed-e.test", dusk().plusSeconds(60));
        assertEquals(List.of("called"), nights(1));
    }

    /** The night after it opens two hours before the time is over. */
    @Test
    void anOlderWordOfTheOperatorDoesNotEndIt() {
        oneServer("resumed-g.test");
        resume("resumed-g.test", dusk().minus(Duration.ofDays(10)));
        answer("mx.resumed-g.test", Signal.RATE_LIMITED, Duration.ofHours(26));
        var until = dusk().plusSeconds(1).plus(Duration.ofHours(26));
        assertEquals(List.of("called"), nights(1));
        var ledger = Ledger.open(
                database,
                new Nights(database).takeOver(night),
                CallSource.CHOSEN_BY_SYSTEM,
                limits,
                new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7)));
        assertEquals(Optional.of(until), ledger.firstCallAt());
    }

    @Test
    void aWordAboutAnotherProviderOfTheAddressDoesNotEndTheProvidersWait() {
        host("mx.asks-h.test", "203.0.113.8");
        host("mx.shares-h.test", "203.0.113.8");
        for (var customer : List.of("one-h.test", "two-h.test")) domain(customer, "mx.asks-h.test", "mx.shares-h.test");
        plan();
        answer("mx.asks-h.test", Signal.RATE_LIMITED, DAYS_3_2);
        resume("shares-h.test", dusk().plusSeconds(60));
        var now = dusk().plusSeconds(120);
        assertTrue(StandingWaits.at(database, now, 1).ofProvider("asks-h.test").isPresent());
        resume("asks-h.test", dusk().plusSeconds(90));
        assertEquals(Optional.empty(), StandingWaits.at(database, now, 1).ofProvider("asks-h.test"));
    }

    private static void resume(String provider, Instant at) {
        new OperatorOverrides(database)
                .add(provider, OperatorOverride.OverrideKind.RESUME, at, "operator", Optional.empty());
    }

    /** The commands that only read see what the run sees. */
    @Test
    void aReadOnlyReplayWaitsToo() {
        oneServer("read-f.test");
        answer("mx.read-f.test", Signal.RATE_LIMITED, DAYS_3_2);
        var paces = ProviderPaces.of(database, new CensusNight(night.date()), limits);
        assertTrue(paces.pace("read-f.test").orElseThrow().isExcluded());
    }
}
