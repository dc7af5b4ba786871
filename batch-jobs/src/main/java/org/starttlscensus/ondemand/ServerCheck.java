package org.starttlscensus.ondemand;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Provider;
import org.starttlscensus.job.CurrentOptOuts;
import org.starttlscensus.job.IpVersions;
import org.starttlscensus.job.ProberFactory;
import org.starttlscensus.names.OptOutRegister;
import org.starttlscensus.ondemand.CheckedServer.Finding;
import org.starttlscensus.ondemand.CheckedServer.NotMeasuredReason;
import org.starttlscensus.politeness.ProviderIdentity;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.OnDemandCalls;
import org.starttlscensus.store.OnDemandCalls.EndpointStatus;
import org.starttlscensus.store.OptOuts;
import org.starttlscensus.store.RunRequests;
import org.starttlscensus.store.RunRequests.RecordedRequest;
import org.starttlscensus.store.RunRequests.Request;
import org.starttlscensus.store.StandingWait;
import org.starttlscensus.store.StandingWaits;

/** Checks servers of equal preference: uses what is known without a call, and has the others called. */
final class ServerCheck {

    private final Database database;
    private final CensusSettings settings;
    private final InstantSource clock;
    private final CensusNight night;
    private final boolean isImplicit;
    private final Map<Hostname, List<Hostname>> aliases;
    private final Set<Address> unanswered;
    private final OptOutRegister optOuts;
    private final boolean again;
    private final OnDemandDispatch dispatch;
    private final OnDemandCalls onDemand;

    /**
     * @param isImplicit whether the domain has no MX record: its servers get one attempt, and no second look
     * @param aliases    the CNAMEs of each host, from which its provider is determined
     * @param unanswered addresses for which the DNS did not say whether their operator wants to be left out
     * @param again      whether a result less than a day old is not used again
     */
    ServerCheck(
            Database database,
            CensusSettings settings,
            InstantSource clock,
            CensusNight night,
            boolean isImplicit,
            Map<Hostname, List<Hostname>> aliases,
            Set<Address> unanswered,
            boolean again,
            OnDemandDispatch dispatch) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.night = night;
        this.isImplicit = isImplicit;
        this.aliases = aliases;
        this.unanswered = unanswered;
        this.again = again;
        this.optOuts = CurrentOptOuts.read(new OptOuts(database));
        this.dispatch = dispatch;
        this.onDemand = new OnDemandCalls(database);
    }

    Map<Endpoint, Finding> check(List<Endpoint> endpoints) throws InterruptedException {
        Map<Endpoint, Finding> findings = new HashMap<>();
        endpoints.forEach(endpoint -> notCallable(endpoint).ifPresent(finding -> findings.put(endpoint, finding)));
        Map<Long, EndpointStatus> open = new HashMap<>();
        var callable = endpoints.stream()
                .filter(endpoint -> !findings.containsKey(endpoint))
                .toList();
        onDemand.status(night, callable, clock.instant().minus(DomainCheck.REUSE_PERIOD))
                .forEach(status -> earlier(status)
                        .ifPresentOrElse(
                                finding -> findings.put(status.endpoint(), finding),
                                () -> open.put(status.endpointId(), status)));
        findings.putAll(blocked(open));
        open.values().removeIf(status -> findings.containsKey(status.endpoint()));
        if (open.isEmpty()) return findings;
        call(open).forEach((id, finding) -> {
            var status = Objects.requireNonNull(open.get(id));
            findings.put(status.endpoint(), orEarlier(status, finding));
        });
        return findings;
    }

    /** Without the second look that was due, the first is still the result. */
    private Finding orEarlier(EndpointStatus status, Finding finding) {
        if (again) return finding;
        return switch (finding) {
            case Finding.NotMeasured not ->
                status.lastCall()
                        .<Finding>map(first -> new Finding.Reused(first.night(), first.at(), Optional.of(not)))
                        .orElse(not);
            case Finding.Called _, Finding.Reused _ -> finding;
        };
    }

    private Map<Long, Finding> call(Map<Long, EndpointStatus> open) throws InterruptedException {
        if (!isHeldByOperator()) {
            return dispatch.call(open, open.values().stream().map(this::wanted).toList());
        }
        return open.keySet().stream()
                .collect(Collectors.toMap(id -> id, _ -> new Finding.NotMeasured(NotMeasuredReason.HELD_BY_OPERATOR)));
    }

    private Optional<Finding> notCallable(Endpoint endpoint) {
        if (optOuts.has(endpoint.mxHost(), endpoint.address())
                || aliases.getOrDefault(endpoint.mxHost(), List.of()).stream()
                        .anyMatch(alias -> optOuts.hasName(alias.ascii())))
            return Optional.of(new Finding.NotMeasured(NotMeasuredReason.OPTED_OUT));
        if (unanswered.contains(endpoint.address()))
            return Optional.of(new Finding.NotMeasured(
                    NotMeasuredReason.LATER,
                    Optional.of("the DNS did not say whether its operator wants to be left out"),
                    Optional.empty()));
        var special = ProberFactory.gate(settings).whyNot(endpoint.address());
        if (special.isPresent())
            return Optional.of(new Finding.NotMeasured(NotMeasuredReason.SPECIAL_ADDRESS, special, Optional.empty()));
        if (IpVersions.of(settings).include(endpoint.address())) return Optional.empty();
        return Optional.of(new Finding.NotMeasured(
                endpoint.address().isIpv6() ? NotMeasuredReason.NO_IPV6 : NotMeasuredReason.NO_IPV4));
    }

    /** What an earlier call showed, or that it showed nothing; empty if a call is to be made. */
    private Optional<Finding> earlier(EndpointStatus status) {
        if (again) return Optional.empty();
        if (!isImplicit
                && status.secondLookAt()
                        .filter(due -> !due.isAfter(clock.instant()))
                        .isPresent()) return Optional.empty();
        if (status.lastCall().isPresent())
            return status.lastCall()
                    .map(lastCall -> new Finding.Reused(lastCall.night(), lastCall.at(), Optional.empty()));
        return status.wasCalled()
                ? Optional.of(new Finding.NotMeasured(NotMeasuredReason.CALLED_BEFORE))
                : Optional.empty();
    }

    /**
     * A provider, or an address that is charged itself, that blocked us on earlier nights is called again only by a
     * night, when its next try is due.
     */
    private Map<Endpoint, Finding> blocked(Map<Long, EndpointStatus> open) {
        var providers = open.values().stream()
                .collect(Collectors.toMap(
                        EndpointStatus::endpoint,
                        status -> wanted(status).provider().key()));
        var blockedSince = onDemand.blockedSince(providers.values());
        var addressesBlockedSince = onDemand.addressesBlockedSince(
                providers.keySet().stream().map(Endpoint::address).toList());
        Map<Endpoint, Finding> blocked = new HashMap<>();
        var waits = StandingWaits.at(
                database, clock.instant(), settings.tonightsLimits().timeScale());
        providers.forEach((endpoint, provider) -> waits.of(provider, endpoint.address())
                .ifPresent(wait -> blocked.put(
                        endpoint,
                        new Finding.NotMeasured(
                                NotMeasuredReason.SUSPENDED, Optional.of(words(wait)), Optional.of(wait.until())))));
        providers.forEach((endpoint, provider) -> Optional.ofNullable(blockedSince.get(provider))
                .map(since -> "it has blocked us since night " + since)
                .or(() -> Optional.ofNullable(addressesBlockedSince.get(endpoint.address()))
                        .map(since -> "its address has blocked us since night " + since))
                .ifPresent(why -> blocked.putIfAbsent(
                        endpoint,
                        new Finding.NotMeasured(NotMeasuredReason.SUSPENDED, Optional.of(why), Optional.empty()))));
        open.values()
                .forEach(status -> blocked.computeIfPresent(status.endpoint(), (_, why) -> orEarlier(status, why)));
        return blocked;
    }

    private static String words(StandingWait wait) {
        return "%s asked us to wait%s"
                .formatted(
                        wait.isOfProvider() ? "it" : "its address",
                        wait.words().map(" (\"%s\")"::formatted).orElse(""));
    }

    private boolean isHeldByOperator() {
        return new RunRequests(database)
                .latest(night)
                .map(RecordedRequest::request)
                .filter(request -> request != Request.RESUME)
                .isPresent();
    }

    /**
     * The provider is found by names alone. A night also looks at the neighbours in its whole plan, which is not at
     * hand.
     */
    private OnDemandCalls.RequestedCall wanted(EndpointStatus status) {
        var endpoint = status.endpoint();
        var named = ProviderIdentity.of(
                        endpoint.mxHost(), aliases.getOrDefault(endpoint.mxHost(), List.of()), settings.providers())
                .named();
        return new OnDemandCalls.RequestedCall(
                status.endpointId(),
                named.orElseGet(() -> new Provider("net:" + endpoint.address().prefix(), Provider.Source.NET)));
    }
}
