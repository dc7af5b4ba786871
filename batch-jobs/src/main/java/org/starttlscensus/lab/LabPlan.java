package org.starttlscensus.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.MailExchange;
import org.starttlscensus.fact.Route;

/** Builds the lab's domains, hosts and zone. Each method adds one kind of domain. */
final class LabPlan {

    /** How self-hosted servers behave, in turn. */
    private static final List<ServerBehavior> SELF_HOSTED = List.of(
            ServerBehavior.TLS_1_3,
            ServerBehavior.TLS_1_3_HYBRID,
            ServerBehavior.SELF_SIGNED,
            ServerBehavior.TLS_1_2,
            ServerBehavior.NO_STARTTLS,
            ServerBehavior.GREET_DELAY,
            ServerBehavior.EXPIRED,
            ServerBehavior.TLS_1_3,
            ServerBehavior.WRONG_NAME,
            ServerBehavior.REFUSES);

    /** How port 25 of a web server behaves. */
    private static final List<ServerBehavior> WEB_SERVERS =
            List.of(ServerBehavior.REFUSES, ServerBehavior.TLS_1_3, ServerBehavior.SILENT);

    /** So many that the servers that refuse us are few among them, as anywhere. */
    private static final int NEIGHBOURS = 200;

    private final String network;
    private final LabZone.Builder zone = LabZone.builder();
    private final List<LabDomain> domains = new ArrayList<>();
    private final List<LabHost> hosts = new ArrayList<>();
    private final Map<Endpoint, ServerBehavior> endpoints = new HashMap<>();
    private final List<Endpoint> uncallable = new ArrayList<>();

    private LabPlan(String network) {
        this.network = network;
    }

    static LabPlan draw(String network, LabPopulation population) {
        var plan = new LabPlan(network);
        plan.zone.address(Lab.EHLO_NAME, "127.0.0.1");
        var companies = population.companies();
        for (int i = 0; i < companies.size(); i++) plan.company(companies.get(i), network + "." + (i + 1) + ".");
        return switch (population) {
            case INTERNET -> addOtherDomains(plan);
            case STRICT, STRICTER, CALM, TROUBLED -> plan;
            case UNRELATED -> addUnrelated(plan);
            case APART -> addNeighbours(plan, index -> network + "." + (1 + index) + ".1");
            case AMONG -> addNeighbours(plan, index -> network + ".1." + (1 + index));
        };
    }

    private static LabPlan addNeighbours(LabPlan plan, IntFunction<String> address) {
        var behaviors = ServerBehavior.values();
        plan.repeat(
                NEIGHBOURS,
                index -> plan.selfHosted(
                        address.apply(index), index < behaviors.length ? behaviors[index] : ServerBehavior.TLS_1_3));
        return plan;
    }

    private static LabPlan addUnrelated(LabPlan plan) {
        plan.repeat(
                50,
                index -> plan.selfHosted(
                        plan.network + ".1." + (1 + index),
                        switch (index) {
                            case 7 -> ServerBehavior.BLOCKED_554;
                            case 21 -> ServerBehavior.BARE_554;
                            default -> ServerBehavior.TLS_1_3;
                        }));
        return plan;
    }

    private static LabPlan addOtherDomains(LabPlan plan) {
        plan.aliases(6);
        plan.deadPrimaries(4);
        plan.repeat(40, plan::selfHosted);
        plan.repeat(12, plan::implicit);
        plan.repeat(6, plan::specialAddress);
        plan.repeat(10, plan::invalid);
        plan.repeat(10, _ -> plan.unresolvable());
        plan.repeat(40, _ -> plan.nullMx());
        plan.repeat(30, _ -> plan.noMail());
        plan.repeat(40, _ -> plan.addDomain(Route.NXDOMAIN));
        plan.repeat(10, _ -> plan.troubled(Route.DNS_SERVFAIL, LabZone.DnsBehavior.SERVFAIL));
        plan.repeat(3, _ -> plan.troubled(Route.DNS_TIMEOUT, LabZone.DnsBehavior.SILENT));
        plan.repeat(5, _ -> plan.troubled(Route.DNS_BOGUS, LabZone.DnsBehavior.BOGUS_EXPLAINED));
        return plan;
    }

    List<LabDomain> domains() {
        return domains;
    }

    List<LabHost> hosts() {
        return hosts;
    }

    Map<Endpoint, ServerBehavior> endpoints() {
        return endpoints;
    }

    List<Endpoint> uncallable() {
        return uncallable;
    }

    LabZone zone() {
        return zone.build();
    }

    private void company(LabCompany company, String prefix) {
        if (company.tenants()) {
            for (int i = 0; i < company.addresses(); i++) {
                server(
                        company,
                        prefix + (1 + i),
                        company.behaviorOf(0),
                        List.of("*.mx." + company.domain()),
                        company.hostsOn(i));
            }
        } else {
            for (int host = 0; host < company.hosts(); host++) {
                for (int i = 0; i < company.addresses(); i++) {
                    var name = List.of(company.host(host));
                    server(
                            company,
                            prefix + (1 + host * company.addresses() + i),
                            company.behaviorOf(host),
                            name,
                            name);
                }
            }
        }
        repeat(
                company.customers(),
                customer -> addDomain(
                        Route.MX,
                        company.hostsOf(customer).stream().map(company::host).toArray(String[]::new)));
    }

    /**
     * Customers of hoster.test whose MX is a CNAME. RFC 5321 forbids it, but it exists.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-5.1">RFC 5321, section 5.1</a>
     */
    private void aliases(int count) {
        var target = "alias.hoster.test";
        var names = new ArrayList<String>();
        repeat(count, _ -> {
            var name = "mx." + next().ascii();
            addDomain(Route.MX, name);
            zone.alias(name, target);
            names.add(name);
        });
        zone.address(target, network + ".5.200");
        serve(Optional.empty(), network + ".5.200", ServerBehavior.TLS_1_3, names, names);
    }

    /** Domains whose first MX is a name that does not exist (nolisting). */
    private void deadPrimaries(int count) {
        repeat(count, _ -> addDomain(Route.MX, "dead." + next().ascii(), "mx1.bigmail.test"));
    }

    private void selfHosted(int index) {
        selfHosted(network + "." + (101 + index) + ".25", SELF_HOSTED.get(index % SELF_HOSTED.size()));
    }

    private void selfHosted(String address, ServerBehavior behavior) {
        var name = "mail." + next().ascii();
        addDomain(Route.MX, name);
        zone.address(name, address);
        serve(Optional.empty(), address, behavior, List.of(name), List.of(name));
    }

    /** Domains with an address but no MX: four domains on each of three web servers. */
    private void implicit(int index) {
        var address = network + "." + (201 + index / 4) + ".80";
        var domain = new MailDomain(next().ascii());
        var behavior = WEB_SERVERS.get(index / 4);
        add(Route.IMPLICIT_MX, List.of(new MailExchange(0, domain.asHost())));
        zone.address(domain.ascii(), address);
        endpoints.put(new Endpoint(domain.asHost(), Address.of(address)), behavior);
        if (index % 4 == 3) {
            var names = domains.subList(domains.size() - 4, domains.size()).stream()
                    .map(each -> each.domain().ascii())
                    .toList();
            hosts.add(new LabHost(Address.of(address), Optional.empty(), behavior, names));
        }
    }

    private void specialAddress(int index) {
        var address = List.of("10.0.0.1", "169.254.169.254", "192.168.1.1").get(index % 3);
        var name = "mail." + next().ascii();
        addDomain(Route.MX, name);
        zone.address(name, address);
        uncallable.add(new Endpoint(new Hostname(name), Address.of(address)));
    }

    private void invalid(int index) {
        var domain = next().ascii();
        add(Route.MX_INVALID, List.of());
        zone.mx(domain, 10, index % 2 == 0 ? "192.0.2." + (25 + index) : "localhost");
    }

    private void unresolvable() {
        addDomain(Route.MX_UNRESOLVABLE, "mail." + next().ascii());
    }

    private void nullMx() {
        zone.nullMx(next().ascii());
        addDomain(Route.NULL_MX);
    }

    private void noMail() {
        zone.text(next().ascii(), "v=spf1 -all");
        addDomain(Route.NO_MAIL);
    }

    private void troubled(Route route, LabZone.DnsBehavior behavior) {
        zone.behavior(next().ascii(), behavior);
        addDomain(route);
    }

    private void addDomain(Route route, String... mxHosts) {
        var exchanges = new ArrayList<MailExchange>();
        for (int i = 0; i < mxHosts.length; i++) {
            var preference = 10 * (i + 1);
            exchanges.add(new MailExchange(preference, new Hostname(mxHosts[i])));
            zone.mx(next().ascii(), preference, mxHosts[i]);
        }
        add(route, exchanges);
    }

    private void add(Route route, List<MailExchange> exchanges) {
        domains.add(new LabDomain(new MailDomain(next().ascii()), next().listed(), route, exchanges));
    }

    /** The name of the domain that is added next. */
    private LabNames.SpelledName next() {
        return LabNames.of(domains.size());
    }

    private void server(
            LabCompany company, String address, ServerBehavior behavior, List<String> certified, List<String> names) {
        names.forEach(name -> zone.address(name, address));
        serve(Optional.of(company), address, behavior, certified, names);
    }

    private void serve(
            Optional<LabCompany> company,
            String address,
            ServerBehavior behavior,
            List<String> certified,
            List<String> names) {
        hosts.add(new LabHost(Address.of(address), company, behavior, certified));
        names.forEach(name -> endpoints.put(new Endpoint(new Hostname(name), Address.of(address)), behavior));
    }

    private void repeat(int count, IntConsumer action) {
        IntStream.range(0, count).forEach(action);
    }
}
