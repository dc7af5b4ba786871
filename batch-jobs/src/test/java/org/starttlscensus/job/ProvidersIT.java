package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.starttlscensus.dispatch.CallSource;
import org.starttlscensus.ledger.Forecast;
import org.starttlscensus.store.Forecasts;
import org.starttlscensus.store.Plans;

/** Providers over the whole plan of a night. */
class ProvidersIT extends PlannedDomains {

    private Map<String, String> providers() {
        plan();
        return planned("provider || ' ' || provider_source");
    }

    @Test
    void aHostThatBearsItsOnlyCustomersNameIsItsNetworks() {
        host("mail.alone-a.test", "192.0.2.25", "2001:db8:1::25");
        domain("alone-a.test", "mail.alone-a.test");
        domain("sub.alone-a.test", "mail.alone-a.test");
        assertEquals(
                Map.of(
                        "mail.alone-a.test[192.0.2.25]",
                        "net:192.0.2.0/24 net",
                        "mail.alone-a.test[2001:db8:1::25]",
                        "net:2001:db8:1::/48 net"),
                providers());
    }

    @Test
    void aHostThatServesOthersTooIsAProvider() {
        host("mail.both-b.test", "192.0.2.25");
        domain("both-b.test", "mail.both-b.test");
        domain("guest-b.test", "mail.both-b.test");
        assertEquals(Map.of("mail.both-b.test[192.0.2.25]", "both-b.test psl"), providers());
    }

    @Test
    void threeCustomersOfOneProviderMakeItThatProvider() {
        host("mail.vanity-c.test", "192.0.2.25");
        host("mail.vanity2-c.test", "198.51.100.25");
        host("mx.hoster-c.test", "192.0.2.1", "198.51.100.1");
        domain("vanity-c.test", "mail.vanity-c.test");
        domain("vanity2-c.test", "mail.vanity2-c.test");
        for (int i = 0; i < 3; i++) domain("customer" + i + "-c.test", "mx.hoster-c.test");
        var found = providers();
        assertEquals("hoster-c.test prefix", found.get("mail.vanity-c.test[192.0.2.25]"));
        assertEquals("hoster-c.test prefix", found.get("mail.vanity2-c.test[198.51.100.25]"));
    }

    @Test
    void twoCustomersOrTwoProvidersLeaveTheProviderUnknown() {
        host("mail.few-d.test", "192.0.2.25");
        host("mx.small-d.test", "192.0.2.1");
        for (int i = 0; i < 2; i++) domain("customer" + i + "-d.test", "mx.small-d.test");
        host("mail.torn-d.test", "198.51.100.25");
        host("mx.one-d.test", "198.51.100.1");
        host("mx.two-d.test", "198.51.100.2");
        for (int i = 0; i < 3; i++) domain("a" + i + "-d.test", "mx.one-d.test");
        for (int i = 0; i < 3; i++) domain("b" + i + "-d.test", "mx.two-d.test");
        domain("few-d.test", "mail.few-d.test");
        domain("torn-d.test", "mail.torn-d.test");
        var found = providers();
        assertEquals("net:192.0.2.0/24 net", found.get("mail.few-d.test[192.0.2.25]"));
        assertEquals("net:198.51.100.0/24 net", found.get("mail.torn-d.test[198.51.100.25]"));
    }

    @Test
    void anAliasThatLeavesItsDomainBelongsToWhereItLeads() {
        alias("mx.alias-e.test", List.of("in1-smtp.messagingengine.com"), "192.0.2.25");
        alias("mx.other-e.test", List.of("mx.elsewhere-e.test"), "192.0.2.26");
        domain("alias-e.test", "mx.alias-e.test");
        domain("other-e.test", "mx.other-e.test");
        assertEquals(
                Map.of(
                        "mx.alias-e.test[192.0.2.25]",
                        "fastmail cname",
                        "mx.other-e.test[192.0.2.26]",
                        "elsewhere-e.test cname"),
                providers());
    }

    /** Also where only the neighbours tell it, and for the target of an alias. */
    @Test
    void serversOfAPoolAreTheirProvidersAndAreKnownAsThat() {
        var pool = "ec2-192-0-2-%d.compute-1.amazonaws.com";
        for (int i = 1; i <= 3; i++) {
            host(pool.formatted(i), "192.0.2." + i);
            domain("customer" + i + "-m.test", pool.formatted(i));
        }
        host("mail.vanity-m.test", "192.0.2.9");
        domain("vanity-m.test", "mail.vanity-m.test");
        alias("mx.alias-m.test", List.of(pool.formatted(10)), "192.0.2.10");
        domain("alias-m.test", "mx.alias-m.test");
        host("inbound-smtp.us-east-1.amazonaws.com", "198.51.100.1");
        domain("workmail-m.test", "inbound-smtp.us-east-1.amazonaws.com");
        var found = providers();
        assertEquals("amazon pool", found.get(pool.formatted(1) + "[192.0.2.1]"));
        assertEquals("amazon pool", found.get("mail.vanity-m.test[192.0.2.9]"));
        assertEquals("amazon pool", found.get("mx.alias-m.test[192.0.2.10]"));
        assertEquals("amazon override", found.get("inbound-smtp.us-east-1.amazonaws.com[198.51.100.1]"));
    }

    /** Kept only where the address is charged: addresses with a common set serve a common domain. */
    @Test
    void thePlanKnowsWhichAddressesServeACommonDomain() {
        host("mx1.pair-n.test", "192.0.2.1");
        host("mx2.pair-n.test", "192.0.2.2");
        host("mail.single-n.test", "192.0.2.3");
        host("mx.hoster-n.test", "198.51.100.1");
        domain("pair-n.test", "mx1.pair-n.test", "mx2.pair-n.test");
        domain("single-n.test", "mail.single-n.test");
        for (int i = 0; i < 2; i++) domain("customer" + i + "-n.test", "mx.hoster-n.test");
        plan();
        var sets = planned("array_to_string(mail_sets, ' ')");
        assertEquals(sets.get("mx1.pair-n.test[192.0.2.1]"), sets.get("mx2.pair-n.test[192.0.2.2]"));
        assertNotEquals(sets.get("mx1.pair-n.test[192.0.2.1]"), sets.get("mail.single-n.test[192.0.2.3]"));
        assertNull(sets.get("mx.hoster-n.test[198.51.100.1]"));
        var blames = new ArrayList<Boolean>();
        new Plans(database)
                .toCall(
                        night,
                        call -> blames.add(
                                call.chargesAddress() && !call.mailSets().isEmpty()));
        assertEquals(3, blames.stream().filter(charged -> charged).count());
    }

    /**
     * Tenants' names are one provider, however many there are; twenty are called on each address, the others inherit.
     */
    @Test
    void tenantsNamesAreOneProviderAndTwentyPerAddressAreCalled() {
        for (int i = 0; i < 100; i++) {
            var name = "tenant" + i + "-f.mail.protection.outlook.com";
            host(name, "192.0.2." + (1 + i % 2));
            domain("tenant" + i + "-f.test", name);
        }
        assertEquals(
                List.of("microsoft override"),
                providers().values().stream().distinct().toList());
        assertEquals(
                40,
                planned("not_attempted").values().stream()
                        .filter(Objects::isNull)
                        .count());
        assertEquals(
                List.of("t"),
                planned("""
                (SELECT donor.not_attempted IS NULL AND donor.address = planned_call.address
                 FROM census.planned_call AS donor
                 WHERE donor.night = planned_call.night
                   AND donor.endpoint_id = planned_call.donor_endpoint_id)::text""").values().stream()
                        .filter(Objects::nonNull)
                        .map(text -> text.substring(0, 1))
                        .distinct()
                        .toList());
        assertEquals(1, planned("provider_rules").values().stream().distinct().count());
    }

    /** The same routes in another order, under other ids: the same providers. */
    @Test
    void theOrderOfArrivalDoesNotMatter() {
        for (int i = 0; i < 30; i++) {
            host("mail.order" + i + "-g.test", "192.0." + i % 4 + ".25");
            domain("order" + i + "-g.test", "mail.order" + i + "-g.test");
            host("mx" + i % 3 + ".hoster-g.test", "192.0." + i % 3 + ".1");
            domain("customer" + i + "-g.test", "mx" + i % 3 + ".hoster-g.test");
        }
        var first = providers();
        tomorrow();
        assertEquals(first, providers());
    }

    @Test
    void aSimulationOfThePlanCallsThePlannedServers() {
        for (int i = 0; i < 50; i++) {
            host("mx" + i + ".simulated-l.test", "192.0." + i + ".1");
            domain("customer" + i + "-l.test", "mx" + i + ".simulated-l.test");
        }
        plan();
        var simulationResult = Forecast.ofPlan(
                        database, night, limits, CallSource.CHOSEN_BY_SYSTEM, Duration.ofSeconds(2))
                .run(Duration.ofHours(7));
        assertEquals(50, simulationResult.calls());
        assertEquals(Duration.ofSeconds(49 * 5 + 2), simulationResult.length());
        assertEquals(50, new Forecasts(database).providers(night).getFirst().toCall());
    }
}
