package org.starttlscensus.ondemand;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.starttlscensus.dns.MailResolver;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.MailRoute;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.fact.Provider;
import org.starttlscensus.job.ConfiguredTrustStore;
import org.starttlscensus.job.IpVersions;
import org.starttlscensus.job.MethodVersion;
import org.starttlscensus.job.ProberFactory;
import org.starttlscensus.job.Progress;
import org.starttlscensus.job.ResolveStep;
import org.starttlscensus.job.StopSignal;
import org.starttlscensus.ondemand.CheckedServer.Finding;
import org.starttlscensus.ondemand.CheckedServer.NotMeasuredReason;
import org.starttlscensus.politeness.ProviderIdentity;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SafetyGate;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.OnDemandCalls;
import org.starttlscensus.store.OnDemandCalls.EndpointStatus;
import org.starttlscensus.store.RunLock;
import org.starttlscensus.store.RunRequests;
import org.starttlscensus.store.RunRequests.RecordedRequest;
import org.starttlscensus.store.RunRequests.Request;

/**
 * One domain now, through the same rooms and the same ledger as a night. One dispatcher decides, always: where a run is at work
 * it is that run's, which is asked; else this process takes the run lock for its few calls.
 *
 * <pre>
 *   route (DNS) ─▶ called within 24 h? told from there ─▶ run lock free? called under it ─▶ else the run at work is asked, and waited for
 * </pre>
 */
public final class DomainCheck {

    /** What was seen within this time is told again, and nobody is called for it. */
    public static final Duration STILL_FRESH = Duration.ofHours(24);

    private static final int MOST_SERVERS = 20;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Database database;
    private final CensusSettings settings;
    private final InstantSource clock;
    private final Progress progress;
    private final StopSignal stopSignal = new StopSignal();
    private final OnDemandCalls onDemand;

    public DomainCheck(Database database, CensusSettings settings, InstantSource clock, Progress progress) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.progress = progress;
        this.onDemand = new OnDemandCalls(database);
    }

    /** From any thread: nobody more is called, and {@link #check} returns when what is under way is stored. */
    public void stop() {
        stopSignal.request();
    }

    /** @param patience how long is waited for a moment at which the limits, or a run at work, allow a call */
    public CheckedDomain check(MailDomain domain, Duration patience) throws InterruptedException {
        SafetyGate.requireLab(settings);
        progress.begin(NightStep.RESOLVE);
        MailRoute route;
        try (var resolver = new MailResolver(ResolveStep.dnsSettings(settings))) {
            route = resolver.route(domain);
        }
        onDemand.locate(route.hosts().stream()
                .filter(host -> host.status() == HostAddresses.Status.FOUND)
                .toList());
        var asking = new Asking(
                night(),
                patience,
                route.hosts().stream().collect(Collectors.toMap(HostAddresses::host, HostAddresses::aliases)));
        var preferences = preferences(route);
        Map<Endpoint, Finding> findings = new HashMap<>();
        preferences.keySet().stream()
                .skip(MOST_SERVERS)
                .forEach(endpoint -> findings.put(endpoint, new Finding.NotMeasured(NotMeasuredReason.BEYOND_THE_CAP)));
        progress.begin(NightStep.CALL);
        // Best preference first: whoever calls a backup before its primary was called looks like a spammer.
        for (var preference : preferences.values().stream().distinct().sorted().toList()) {
            findings.putAll(find(
                    preferences.entrySet().stream()
                            .filter(one -> one.getValue().equals(preference))
                            .map(Map.Entry::getKey)
                            .filter(endpoint -> !findings.containsKey(endpoint))
                            .toList(),
                    asking));
        }
        return new CheckedDomain(
                asking.night(),
                route,
                preferences.entrySet().stream()
                        .map(one -> new CheckedServer(
                                one.getKey(), one.getValue(), Objects.requireNonNull(findings.get(one.getKey()))))
                        .toList());
    }

    /** The night that opened last; in a database without one, today's, as an empty ledger. */
    private CensusNight night() {
        var nights = new Nights(database);
        return nights.latest()
                .map(NightRow::night)
                .orElseGet(() -> nights.open(
                                CensusNight.today(clock),
                                MethodVersion.VERSION,
                                ConfiguredTrustStore.of(settings).name(),
                                clock.instant())
                        .night());
    }

    /** Its servers in the order in which a sender tries them, each with the preference of its MX record. */
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

    /** @param aliases of the domain's hosts: they tell whose account a call goes on */
    private record Asking(CensusNight night, Duration patience, Map<Hostname, List<Hostname>> aliases) {}

    private Map<Endpoint, Finding> find(List<Endpoint> endpoints, Asking asking) throws InterruptedException {
        Map<Endpoint, Finding> findings = new HashMap<>();
        endpoints.forEach(endpoint -> whyNotAtAll(endpoint).ifPresent(why -> findings.put(endpoint, why)));
        Map<Long, EndpointStatus> open = new HashMap<>();
        standing(
                        asking.night(),
                        endpoints.stream()
                                .filter(endpoint -> !findings.containsKey(endpoint))
                                .toList())
                .forEach(one -> before(one)
                        .ifPresentOrElse(
                                finding -> findings.put(one.endpoint(), finding),
                                () -> open.put(one.endpointId(), one)));
        findings.putAll(leftAlone(open, asking));
        open.values().removeIf(one -> findings.containsKey(one.endpoint()));
        if (open.isEmpty()) return findings;
        var answers = isHeldByOperator(asking.night())
                ? all(open, new Finding.NotMeasured(NotMeasuredReason.HELD_BY_OPERATOR))
                : call(open, asking);
        answers.forEach((id, finding) ->
                findings.put(Objects.requireNonNull(open.get(id)).endpoint(), finding));
        return findings;
    }

    /** Who has blocked us on earlier nights is asked again by the night whose turn that is, and by nobody else. */
    private Map<Endpoint, Finding> leftAlone(Map<Long, EndpointStatus> open, Asking asking) {
        var providers = open.values().stream()
                .collect(Collectors.toMap(
                        EndpointStatus::endpoint, one -> wish(one, asking).provider()));
        var blocked = onDemand.blockedSince(providers.values());
        return providers.entrySet().stream()
                .filter(one -> blocked.containsKey(one.getValue()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        one -> new Finding.NotMeasured(
                                NotMeasuredReason.SUSPENDED,
                                Optional.of("it has blocked us since night " + blocked.get(one.getValue())),
                                Optional.empty())));
    }

    /** What is known without a call. */
    private static Optional<Finding> before(EndpointStatus endpointStatus) {
        if (endpointStatus.lastCall().isPresent())
            return endpointStatus.lastCall().map(lastCall -> new Finding.Reused(lastCall.night(), lastCall.at()));
        return endpointStatus.wasCalled()
                ? Optional.of(new Finding.NotMeasured(NotMeasuredReason.CALLED_BEFORE))
                : Optional.empty();
    }

    /** Under the run lock where that is free, or becomes it; else by whoever has it. */
    private Map<Long, Finding> call(Map<Long, EndpointStatus> wanted, Asking asking) throws InterruptedException {
        var night = asking.night();
        onDemand.request(
                night, wanted.values().stream().map(one -> wish(one, asking)).toList(), clock.instant());
        Map<Long, Finding> findings = new HashMap<>();
        Map<Long, EndpointStatus> open = new HashMap<>(wanted);
        var until = System.nanoTime() + asking.patience().toNanos();
        for (var said = false; ; said = true) {
            var lock = database.tryRunLock(RunLock.Holder.CHECK);
            if (lock.isPresent()) {
                try (var held = lock.get()) {
                    findings.putAll(new OnDemandCaller(database, settings, clock, progress, stopSignal)
                            .call(open.keySet(), night, held, asking.patience()));
                    return findings;
                }
            }
            if (!said) progress.say("a run is at work: its dispatcher was asked, and decides when");
            standing(night, open.values().stream().map(EndpointStatus::endpoint).toList()).stream()
                    .filter(one -> one.lastCall().isPresent())
                    .forEach(one -> {
                        findings.put(one.endpointId(), new Finding.Called(night));
                        open.remove(one.endpointId());
                    });
            if (open.isEmpty()) return findings;
            if (stopSignal.isWished() || System.nanoTime() > until) break;
            TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
        }
        open.forEach((id, one) -> findings.put(
                id,
                new Finding.NotMeasured(one.isPlanned() ? NotMeasuredReason.PLANNED : NotMeasuredReason.RUN_AT_WORK)));
        return findings;
    }

    private static Map<Long, Finding> all(Map<Long, EndpointStatus> open, Finding finding) {
        return open.keySet().stream().collect(Collectors.toMap(Function.identity(), _ -> finding));
    }

    private List<EndpointStatus> standing(CensusNight night, List<Endpoint> endpoints) {
        return onDemand.status(night, endpoints, clock.instant().minus(STILL_FRESH));
    }

    private Optional<Finding> whyNotAtAll(Endpoint endpoint) {
        var special = ProberFactory.gate(settings).whyNot(endpoint.address());
        if (special.isPresent())
            return Optional.of(new Finding.NotMeasured(NotMeasuredReason.SPECIAL_ADDRESS, special, Optional.empty()));
        if (IpVersions.of(settings).include(endpoint.address())) return Optional.empty();
        return Optional.of(new Finding.NotMeasured(
                endpoint.address().isIpv6() ? NotMeasuredReason.NO_IPV6 : NotMeasuredReason.NO_IPV4));
    }

    private boolean isHeldByOperator(CensusNight night) {
        return new RunRequests(database)
                .latest(night)
                .map(RecordedRequest::request)
                .filter(request -> request != Request.RESUME)
                .isPresent();
    }

    /** As far as the name tells; the neighbours of a whole plan, which tell more, are not known here. */
    private OnDemandCalls.RequestedCall wish(EndpointStatus endpointStatus, Asking asking) {
        var endpoint = endpointStatus.endpoint();
        var named = ProviderIdentity.of(
                        endpoint.mxHost(),
                        asking.aliases().getOrDefault(endpoint.mxHost(), List.of()),
                        settings.providers())
                .named();
        return new OnDemandCalls.RequestedCall(
                endpointStatus.endpointId(),
                named.map(Provider::key).orElse("net:" + endpoint.address().prefix()));
    }
}
