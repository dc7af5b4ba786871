package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.GrantedPermits;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.Signal;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.OperatorOverride;
import org.starttlscensus.store.OperatorOverrides;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.ProviderHistory;

/** What nights remember of addresses that are charged with their own refusals. */
class AddressHistoryIT extends PlannedDomains {

    /** Calls all planned servers, two hours apart. */
    private void call(LongFunction<Signal> receptions) {
        var permits = new Permits(database);
        var at = night.date().atTime(22, 0).toInstant(ZoneOffset.UTC);
        for (long endpoint : called()) {
            var id = GrantedPermits.commit(
                            permits,
                            new Nights(database).takeOver(night),
                            List.of(new Permits.Chosen(endpoint, 1, false, ProbeKind.STANDARD, at, at.plusSeconds(10))))
                    .get(endpoint)
                    .permitId();
            permits.close(
                    night,
                    List.of(new Permits.Used(
                            id,
                            Optional.of(at),
                            Optional.of(at.plusSeconds(1)),
                            new PermitSignal.Classified(ReplyClass.OTHER),
                            Optional.of("test"),
                            Optional.of(Feedback.of(receptions.apply(endpoint))),
                            Optional.empty())),
                    at);
            at = at.plus(Duration.ofHours(2));
        }
        RecordHistoryStep.noteProviders(database, night, limits);
    }

    /** The run guard counts tonight's blocks of one prefix once; so must what it takes for usual. */
    @Test
    void ofTheAddressesOfOnePrefixTheUsualShareHasOnlyTheHeaviest() {
        for (int i = 1; i <= 3; i++) {
            host("mail.s%d.test".formatted(i), "198.51.100." + i);
            for (int customer = 0; customer < i; customer++)
                domain("c%d.s%d.test".formatted(customer, i), "mail.s%d.test".formatted(i));
        }
        host("mail.apart-s.test", "203.0.113.1");
        domain("apart-s.test", "mail.apart-s.test");
        plan();
        JdbcClient.create(database.dataSource())
                .sql("""
                UPDATE census.planned_call SET provider = 'net:' || prefix, provider_source = 'net'
                WHERE night = :night""")
                .param("night", night.date())
                .update();
        var providerHistory = new ProviderHistory(database);
        var all = Stream.of("198.51.100.1", "198.51.100.2", "198.51.100.3", "203.0.113.1")
                .map(Address::of)
                .toList();
        providerHistory.noteBlockedShare(night, List.of(), all);
        assertEquals(List.of(7L, 4L), newlyBlocked(), "three of the first prefix, one of the second");
        providerHistory.noteBlockedShare(night, List.of("net:198.51.100.0/24"), all);
        assertEquals(List.of(7L, 7L), newlyBlocked(), "the whole provider, and no address of it once more");
    }

    private static long endpointOf(String host) {
        return JdbcClient.create(database.dataSource())
                .sql("""
                SELECT endpoint_id FROM census.endpoint JOIN census.mail_host USING (mail_host_id)
                WHERE name = :name""")
                .param("name", host)
                .query(Long.class)
                .single();
    }

    private String plannedFor(String host) {
        return planned("coalesce(not_attempted, 'called')").get(host + "[192.0.2.1]");
    }

    @Test
    void aBlockingAddressIsLeftOutForOneTwoFourAndSevenNightsAndItsNeighbourNever() {
        host("mail.blocks-a.test", "192.0.2.1");
        host("mail.receives-a.test", "192.0.2.2");
        domain("blocks-a.test", "mail.blocks-a.test");
        domain("receives-a.test", "mail.receives-a.test");
        var seen = new StringBuilder();
        var neighbours = new ArrayList<String>();
        for (int i = 0; i < 19; i++) {
            plan();
            seen.append(plannedFor("mail.blocks-a.test").equals("called") ? 'c' : '.');
            neighbours.add(planned("coalesce(not_attempted, 'called')").get("mail.receives-a.test[192.0.2.2]"));
            var blocking = endpointOf("mail.blocks-a.test");
            call(endpoint -> endpoint == blocking ? Signal.BLOCKED : Signal.WELCOMED);
            if (i == 0) assertEquals(List.of(2L, 1L), newlyBlocked());
            if (i == 2) assertEquals(List.of(2L, 0L), newlyBlocked(), "no news");
            tomorrow();
        }
        assertEquals("c.c..c....c.......c", seen.toString());
        assertEquals(Set.of("called"), Set.copyOf(neighbours));
        assertTrue(new ProviderHistory(database)
                .blockedBefore(night).stream().noneMatch(provider -> provider.startsWith("net:")));
    }

    private List<Long> newlyBlocked() {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT servers, newly_blocked FROM census.blocked_share WHERE night = :night")
                .param("night", night.date())
                .query((row, _) -> List.of(row.getLong(1), row.getLong(2)))
                .single();
    }

    @Test
    void anAcceptedCanaryEndsTheBlockOfAnAddress() {
        host("mail.relents-b.test", "192.0.2.1");
        domain("relents-b.test", "mail.relents-b.test");
        plan();
        call(_ -> Signal.BLOCKED);
        tomorrow();
        plan();
        assertEquals("suspended", plannedFor("mail.relents-b.test"));
        assertTrue(planned("detail").toString().contains("its address blocked us on "), planned("detail")::toString);
        tomorrow();
        plan();
        assertEquals(Set.of(Address.of("192.0.2.1")), new ProviderHistory(database).addressesBlockedBefore(night));
        call(_ -> Signal.WELCOMED);
        tomorrow();
        plan();
        assertEquals("called", plannedFor("mail.relents-b.test"));
        assertEquals(Set.of(), new ProviderHistory(database).addressesBlockedBefore(night));
    }

    @Test
    void resumingANetworkForgetsTheBlocksOfItsAddresses() {
        host("mail.resumed-c.test", "192.0.2.1");
        domain("resumed-c.test", "mail.resumed-c.test");
        plan();
        call(_ -> Signal.BLOCKED);
        var overrides = new OperatorOverrides(database);
        assertEquals(
                List.of(new OperatorOverrides.BlockedAddress(Address.of("192.0.2.1"), "net:192.0.2.0/24", night)),
                overrides.blockedAddresses());
        var now = night.date().atTime(23, 0).toInstant(ZoneOffset.UTC);
        overrides.add("net:198.51.100.0/24", OperatorOverride.OverrideKind.RESUME, now, "operator", Optional.empty());
        assertEquals(1, overrides.blockedAddresses().size(), "another network");
        overrides.add("net:192.0.2.0/24", OperatorOverride.OverrideKind.RESUME, now, "operator", Optional.empty());
        assertEquals(List.of(), overrides.blockedAddresses());
    }

    /** The operator may have read either name of the two. */
    @Test
    void resumingEitherProviderOfAnAddressForgetsItsBlock() {
        for (var resumed : List.of("net:192.0.2.0/24", "amazon")) {
            var suffix = resumed.substring(0, 3) + "-e.test";
            host("mail." + suffix, "192.0.2.1");
            domain(suffix, "mail." + suffix);
            host("ec2-" + suffix.charAt(0) + ".eu-west-1.compute.amazonaws.com", "192.0.2.1");
            domain("cloud-" + suffix, "ec2-" + suffix.charAt(0) + ".eu-west-1.compute.amazonaws.com");
            plan();
            var providers = Set.copyOf(planned("provider").values());
            assertEquals(2, providers.size(), providers::toString);
            call(_ -> Signal.BLOCKED);
            var overrides = new OperatorOverrides(database);
            assertEquals(
                    providers,
                    overrides.blockedAddresses().stream()
                            .map(OperatorOverrides.BlockedAddress::provider)
                            .collect(Collectors.toSet()));
            var now = night.date().atTime(23, 0).toInstant(ZoneOffset.UTC);
            var named = providers.stream()
                    .filter(provider -> provider.startsWith(resumed.substring(0, 4)))
                    .findFirst()
                    .orElseThrow();
            overrides.add(named, OperatorOverride.OverrideKind.RESUME, now, "operator", Optional.empty());
            assertEquals(List.of(), overrides.blockedAddresses(), named);
            tomorrow();
        }
    }

    /** A list without them, or a server that moved: the block is still there, and can be seen and forgotten. */
    @Test
    void theBlockOfAnAddressThatNoPlanHasIsListedUnderItsNetwork() {
        var address = Address.of("203.0.113.9");
        new ProviderHistory(database).noteAddresses(night, List.of(address), List.of());
        var overrides = new OperatorOverrides(database);
        assertTrue(overrides
                .blockedAddresses()
                .contains(new OperatorOverrides.BlockedAddress(address, "net:203.0.113.0/24", night)));
        var now = night.date().atTime(23, 0).toInstant(ZoneOffset.UTC);
        overrides.add("net:203.0.113.0/24", OperatorOverride.OverrideKind.RESUME, now, "operator", Optional.empty());
        assertTrue(overrides.blockedAddresses().stream()
                .noneMatch(blocked -> blocked.address().equals(address)));
    }

    /** Six hosts of one domain each, in three networks; the weight of each is one domain. */
    @Test
    void theMailOfAddressesIsThatOfThePlan() {
        for (int i = 0; i < 6; i++) {
            host("mail.weigh" + i + "-d.test", "192.0." + i / 2 + "." + (1 + i));
            domain("weigh" + i + "-d.test", "mail.weigh" + i + "-d.test");
        }
        plan();
        var mail = new ProviderHistory(database).mailOfAddresses(night);
        assertEquals(6, mail.size());
        assertEquals(1L, mail.get(Address.of("192.0.2.6")));
    }
}
