package org.starttlscensus.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Endpoint;

/**
 * The content of the lab, the same each time: domains, companies that host mail for others, self-hosted domains, and
 * domains with DNS faults. Knows everything that a census must find out.
 */
public final class LabUniverse {

    private static final long SEED = 2_000;

    private final List<LabHost> hosts;
    private final List<LabDomain> domains;
    private final SortedMap<Endpoint, ServerBehavior> endpoints;
    private final List<Endpoint> uncallable;
    private final LabZone zone;
    private final LabPopulation population;

    private LabUniverse(LabPlan plan, LabPopulation population) {
        this.population = population;
        hosts = List.copyOf(plan.hosts());
        zone = plan.zone();
        var ranked = new ArrayList<>(plan.domains());
        Collections.shuffle(ranked, new Random(SEED));
        domains = List.copyOf(ranked);
        endpoints = Collections.unmodifiableSortedMap(new TreeMap<>(plan.endpoints()));
        uncallable = plan.uncallable().stream().sorted().toList();
    }

    /** @param network the first two numbers of its addresses, for example {@code 127.20} */
    static LabUniverse in(String network, LabPopulation population) {
        return new LabUniverse(LabPlan.draw(network, population), population);
    }

    /** All domains; the first has rank 1. */
    public List<LabDomain> domains() {
        return domains;
    }

    /** All endpoints that may be called, and how each behaves. */
    public SortedMap<Endpoint, ServerBehavior> endpoints() {
        return endpoints;
    }

    /** Endpoints whose address must not be called: it is private or link-local. */
    public List<Endpoint> uncallable() {
        return uncallable;
    }

    /** The registrable domains of the companies' mail servers, with the number of customer domains of each. */
    public Map<String, Integer> providers() {
        var customers = new TreeMap<String, Integer>();
        population.companies().forEach(company -> customers.put(company.domain(), company.customers()));
        return Collections.unmodifiableMap(customers);
    }

    /** The registrable domain of the company that runs the server at this address; empty for a self-hosted server. */
    public Optional<String> company(Address address) {
        return hosts.stream()
                .filter(host -> host.address().equals(address))
                .findFirst()
                .flatMap(LabHost::company)
                .map(LabCompany::domain);
    }

    List<LabHost> hosts() {
        return hosts;
    }

    LabZone zone() {
        return zone;
    }
}
