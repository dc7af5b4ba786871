package org.starttlscensus.ondemand;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.starttlscensus.dns.MailResolver;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.MailRoute;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.fact.Route;
import org.starttlscensus.job.CallingMachine;
import org.starttlscensus.job.ConfiguredTrustStore;
import org.starttlscensus.job.CurrentOptOuts;
import org.starttlscensus.job.MethodVersion;
import org.starttlscensus.job.OptOutQuestions;
import org.starttlscensus.job.ProberFactory;
import org.starttlscensus.job.Progress;
import org.starttlscensus.job.ResolveStep;
import org.starttlscensus.job.StopSignal;
import org.starttlscensus.ondemand.CheckedServer.Finding;
import org.starttlscensus.ondemand.CheckedServer.NotMeasuredReason;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SafetyGate;
import org.starttlscensus.store.Corrections;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.OnDemandCalls;
import org.starttlscensus.store.OptOutRecords;
import org.starttlscensus.store.OptOuts;

/** Checks one domain: finds its mail servers, and checks them from the best preference to the worst. */
public final class DomainCheck {

    /** A result younger than this is used again, and the server is not called. */
    public static final Duration REUSE_PERIOD = Duration.ofHours(24);

    private static final int MOST_SERVERS = 20;

    private final Database database;
    private final CensusSettings settings;
    private final InstantSource clock;
    private final Progress progress;
    private final StopSignal stopSignal = new StopSignal();

    public DomainCheck(Database database, CensusSettings settings, InstantSource clock, Progress progress) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.progress = progress;
    }

    /** Calls no more servers; {@link #check} returns when the open calls are stored. From any thread. */
    public void stop() {
        stopSignal.request();
    }

    /** @param patience the longest wait until the limits, or a run that has the lock, allow a call */
    public CheckedDomain check(MailDomain domain, Duration patience) throws InterruptedException {
        return check(domain, patience, false);
    }

    /**
     * Looks again, whatever is known already, within the same limits: results less than a day old are not used again.
     */
    public CheckedDomain lookAgain(MailDomain domain, Duration patience) throws InterruptedException {
        return check(domain, patience, true);
    }

    private CheckedDomain check(MailDomain domain, Duration patience, boolean again) throws InterruptedException {
        var _ = SafetyGate.calling(settings);
        CallingMachine.here().requireFree(database, settings);
        ProberFactory.requireSources(settings);
        var optOuts = new OptOuts(database);
        if (CurrentOptOuts.read(optOuts).hasName(domain.ascii())) throw OptedOutException.of(domain);
        progress.begin(NightStep.RESOLVE);
        OptOutQuestions.Asked asked;
        try (var resolver = new MailResolver(ResolveStep.dnsSettings(settings))) {
            asked = new OptOutQuestions(resolver, ProberFactory.gate(settings), List.of()).of(resolver.route(domain));
        }
        var route = asked.route();
        new OnDemandCalls(database)
                .locate(route.hosts().stream()
                        .filter(host -> host.status() == HostAddresses.Status.FOUND)
                        .toList());
        var night = night();
        new OptOutRecords(database).save(night, asked.said(), clock.instant());
        if (CurrentOptOuts.read(optOuts).hasName(domain.ascii())) throw OptedOutException.of(domain);
        var preferences = preferences(route);
        var isImplicit = route.route() == Route.IMPLICIT_MX;
        var findings = check(
                preferences,
                servers(
                        night,
                        isImplicit,
                        aliases(route),
                        Set.copyOf(asked.said().unanswered()),
                        again,
                        patience));
        return new CheckedDomain(night, route, servers(preferences, isImplicit, findings));
    }

    /**
     * Looks again at the servers of the last night's plan at an address. Nothing is looked up in the DNS but who opted
     * out.
     */
    public CheckedAddress lookAgain(Address address, Duration patience) throws InterruptedException {
        var _ = SafetyGate.calling(settings);
        CallingMachine.here().requireFree(database, settings);
        ProberFactory.requireSources(settings);
        var night = night();
        var endpoints = new Corrections(database).planned(night, address, MOST_SERVERS);
        if (endpoints.isEmpty() || CurrentOptOuts.read(new OptOuts(database)).hasAddress(address)) {
            return new CheckedAddress(night, List.of());
        }
        OptOutRecords.Said said;
        try (var resolver = new MailResolver(ResolveStep.dnsSettings(settings))) {
            said = new OptOutQuestions(resolver, ProberFactory.gate(settings), List.of()).of(address);
        }
        new OptOutRecords(database).save(night, said, clock.instant());
        Map<Endpoint, Integer> preferences = new LinkedHashMap<>();
        endpoints.forEach(endpoint -> preferences.put(endpoint, 0));
        var findings =
                check(preferences, servers(night, false, Map.of(), Set.copyOf(said.unanswered()), true, patience));
        return new CheckedAddress(night, servers(preferences, false, findings));
    }

    private ServerCheck servers(
            CensusNight night,
            boolean isImplicit,
            Map<Hostname, List<Hostname>> aliases,
            Set<Address> unanswered,
            boolean again,
            Duration patience) {
        return new ServerCheck(
                database,
                settings,
                clock,
                night,
                isImplicit,
                aliases,
                unanswered,
                again,
                new OnDemandDispatch(database, settings, clock, progress, stopSignal, night, patience, again));
    }

    private static List<CheckedServer> servers(
            Map<Endpoint, Integer> preferences, boolean isImplicit, Map<Endpoint, Finding> findings) {
        return preferences.entrySet().stream()
                .map(server -> new CheckedServer(
                        server.getKey(),
                        server.getValue(),
                        isImplicit,
                        Objects.requireNonNull(findings.get(server.getKey()))))
                .toList();
    }

    /**
     * From the best preference to the worst: a client that calls a backup MX before the primary looks like a spammer.
     */
    private Map<Endpoint, Finding> check(Map<Endpoint, Integer> preferences, ServerCheck servers)
            throws InterruptedException {
        Map<Endpoint, Finding> findings = new HashMap<>();
        preferences.keySet().stream()
                .skip(MOST_SERVERS)
                .forEach(endpoint -> findings.put(endpoint, new Finding.NotMeasured(NotMeasuredReason.BEYOND_THE_CAP)));
        progress.begin(NightStep.CALL);
        for (var preference : preferences.values().stream().distinct().sorted().toList()) {
            findings.putAll(servers.check(preferences.entrySet().stream()
                    .filter(server -> server.getValue().equals(preference))
                    .map(Map.Entry::getKey)
                    .filter(endpoint -> !findings.containsKey(endpoint))
                    .toList()));
        }
        return findings;
    }

    /** The night that was opened last; in a database without one, today's, with an empty ledger. */
    private CensusNight night() {
        var nights = new Nights(database);
        var today = CensusNight.today(clock);
        return nights.latest().map(NightRow::night).orElseGet(() -> {
            open(today, database, settings, clock);
            return today;
        });
    }

    /** Leaves the night as it is if its row is there. */
    static void open(CensusNight night, Database database, CensusSettings settings, InstantSource clock) {
        new Nights(database)
                .open(
                        night,
                        MethodVersion.VERSION,
                        ConfiguredTrustStore.of(settings, database, night).name(),
                        clock.instant());
    }

    private static Map<Hostname, List<Hostname>> aliases(MailRoute route) {
        return route.hosts().stream().collect(Collectors.toMap(HostAddresses::host, HostAddresses::aliases));
    }

    /** The servers in the order in which a sender tries them, each with the preference of its MX record. */
    private static Map<Endpoint, Integer> preferences(MailRoute route) {
        Map<Hostname, HostAddresses> hosts =
                route.hosts().stream().collect(Collectors.toMap(HostAddresses::host, Function.identity()));
        Map<Endpoint, Integer> servers = new LinkedHashMap<>();
        route.exchanges()
                .forEach(exchange -> Optional.ofNullable(hosts.get(exchange.host())).stream()
                        .flatMap(host -> host.addresses().stream())
                        .map(address -> new Endpoint(exchange.host(), address))
                        .forEach(endpoint -> servers.putIfAbsent(endpoint, exchange.preference())));
        return servers;
    }
}
