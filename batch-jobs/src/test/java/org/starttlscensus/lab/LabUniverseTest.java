package org.starttlscensus.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Route;

@DisplayName("The lab's universe")
class LabUniverseTest {

    private final LabUniverse universe = LabUniverse.in("127.20", LabPopulation.INTERNET);

    @Test
    void hasTwoThousandDomainsOnThirtyOneProviders() {
        assertEquals(
                2_000,
                universe.domains().stream().map(LabDomain::domain).distinct().count());
        assertEquals(31, universe.providers().size());
        assertEquals(500, universe.providers().get("giantmail.test"));
    }

    @Test
    void isTheSameEachTime() {
        assertEquals(
                universe.domains(),
                LabUniverse.in("127.20", LabPopulation.INTERNET).domains());
        assertEquals(
                universe.endpoints(),
                LabUniverse.in("127.20", LabPopulation.INTERNET).endpoints());
    }

    @Test
    void hasEveryBehaviorAndEveryRoute() {
        assertTrue(ServerBehavior.values().length >= 30);
        assertEquals(
                EnumSet.allOf(ServerBehavior.class),
                EnumSet.copyOf(universe.endpoints().values()));
        var routes = universe.domains().stream()
                .collect(Collectors.groupingBy(LabDomain::route, TreeMap::new, Collectors.counting()));
        assertEquals(
                Map.of(
                        Route.MX,
                        1_840L,
                        Route.IMPLICIT_MX,
                        12L,
                        Route.NULL_MX,
                        40L,
                        Route.NO_MAIL,
                        30L,
                        Route.NXDOMAIN,
                        40L,
                        Route.DNS_SERVFAIL,
                        10L,
                        Route.DNS_TIMEOUT,
                        3L,
                        Route.DNS_BOGUS,
                        5L,
                        Route.MX_UNRESOLVABLE,
                        10L,
                        Route.MX_INVALID,
                        10L),
                routes);
    }

    @Test
    void isSmallEnoughForAPacedMinute() {
        assertTrue(
                universe.endpoints().size() >= 150 && universe.endpoints().size() <= 450,
                () -> "" + universe.endpoints().size());
        var perPrefix = universe.endpoints().keySet().stream()
                .collect(Collectors.groupingBy(endpoint -> endpoint.address().prefix(), Collectors.counting()));
        assertEquals(
                Map.of("127.20.2.0/24", 26L, "127.20.31.0/24", 200L),
                perPrefix.entrySet().stream()
                        .filter(entry -> entry.getValue() > 20)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                "only the tenants are more than the sampling cap");
    }

    @Test
    void namesItsTenantsOnOneAddress() {
        var addresses = universe.endpoints().keySet().stream()
                .filter(endpoint -> endpoint.mxHost().ascii().endsWith(".tenantcloud.test"))
                .map(Endpoint::address)
                .distinct();
        assertEquals(1, addresses.count());
    }

    @Test
    void keepsEveryCallableEndpointInsideItsNetwork() {
        assertTrue(universe.endpoints().keySet().stream()
                .allMatch(endpoint -> endpoint.address().toString().startsWith("127.20.")));
        assertTrue(universe.uncallable().stream()
                .noneMatch(endpoint -> endpoint.address().toString().startsWith("127.")));
        assertEquals(6, universe.uncallable().size());
    }

    @Test
    void listsInternationalisedNamesInTheirOwnScript() {
        var foreign = universe.domains().stream()
                .filter(domain -> !domain.spelling().equals(domain.domain().ascii()))
                .toList();
        assertEquals(20, foreign.size());
        assertTrue(foreign.stream().allMatch(domain -> domain.domain().ascii().startsWith("xn--")));
    }
}
