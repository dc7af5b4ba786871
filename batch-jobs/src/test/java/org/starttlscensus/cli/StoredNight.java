package org.starttlscensus.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.starttlscensus.GrantedPermits;
import org.starttlscensus.JudgedCalls;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.MailExchange;
import org.starttlscensus.fact.MailRoute;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.Provider;
import org.starttlscensus.fact.RetryKind;
import org.starttlscensus.fact.Route;
import org.starttlscensus.fact.ScheduledRetry;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.politeness.FeedbackClassifier;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Filing;
import org.starttlscensus.store.Lists;
import org.starttlscensus.store.NightLease;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.Observations;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.PlannedCall;
import org.starttlscensus.store.Plans;
import org.starttlscensus.store.Routes;
import org.starttlscensus.store.ServerVerdictRow;
import org.starttlscensus.store.Verdicts;
import org.starttlscensus.tls.CertificateReader;
import org.starttlscensus.verdict.Attempt;
import org.starttlscensus.verdict.AttemptMerge;
import org.starttlscensus.verdict.TrustStore;

/**
 * A night with what a test wants it to have seen: each call at a host and a domain of its own, stored as a run stores
 * it. Behind the first, ten hosts at a time share an address and a second domain.
 */
final class StoredNight {

    static final CensusNight NIGHT = CensusNight.of("2026-11-23");
    private static final int SHARE = MailRoute.MOST_EXCHANGES;
    private static final NightLease UNTOUCHED = new NightLease(NIGHT, 0);
    static final Instant NOW = Instant.parse("2026-11-23T22:00:00Z");

    private final Database database;
    private final Routes routes;

    private StoredNight(Database database) {
        this.database = database;
        this.routes = new Routes(database);
    }

    static MailDomain domain(int number) {
        return new MailDomain("d%d.example.org".formatted(number));
    }

    /** A domain of the calls {@code 10 * group} to {@code 10 * group + 9}, except call 0. */
    static MailDomain shared(int group) {
        return new MailDomain("shared%d.example.org".formatted(group));
    }

    static Endpoint endpoint(int number) {
        return new Endpoint(
                new Hostname("mx%d.example.net".formatted(number)),
                number == 0 ? Address.of("192.0.2.1") : address(number / SHARE));
    }

    /** The address of the calls of that group, except call 0. */
    static Address address(int group) {
        return Address.of("192.0.2." + (group + 2));
    }

    static int groups(int calls) {
        return (calls + SHARE - 1) / SHARE;
    }

    /**
     * Three domains more than calls: one whose route the DNS did not tell, one whose host's address it did not, one
     * without mail.
     */
    static void store(Database database, List<Observation> seen) {
        var night = new StoredNight(database);
        new Nights(database).open(NIGHT, "test", TrustStore.mozilla().name(), NOW);
        night.lists(seen.size() + 3, groups(seen.size()));
        night.routes(seen.size());
        night.plan();
        night.calls(seen);
        new Filing(database).publish(NIGHT, "test", NOW);
        new Verdicts(database).rollUpDomains(NIGHT, "test");
    }

    private void lists(int own, int groups) {
        int domains = own + groups;
        var lists = new Lists(database);
        var edition = lists.load(
                new Lists.File("panel", "panel.txt", Octets.of("panel").sha256(), 1),
                rows -> {
                    for (int i = 0; i < domains; i++)
                        rows.listed(i < own ? domain(i) : shared(i - own), OptionalInt.of(i + 1));
                    return new Lists.LineCounts(domains, domains, 0, 0, 0);
                },
                NOW);
        lists.pin(NIGHT, List.of(edition));
    }

    private static int number(String name) {
        return Integer.parseInt(name.replaceAll("\\D", ""));
    }

    private void routes(int calls) {
        var found = new ArrayList<Routes.Found>();
        for (var listedDomain : routes.named(routes.ids(NIGHT))) {
            int number = number(listedDomain.domain().ascii());
            found.add(new Routes.Found(
                    listedDomain.domainId(),
                    listedDomain.domain().equals(shared(number))
                            ? calledAt(
                                    listedDomain.domain(),
                                    IntStream.range(Math.max(1, number * SHARE), Math.min(calls, (number + 1) * SHARE))
                                            .mapToObj(StoredNight::endpoint)
                                            .toList())
                            : number < calls
                                    ? calledAt(listedDomain.domain(), List.of(endpoint(number)))
                                    : switch (number - calls) {
                                        case 0 -> MailRoute.without(listedDomain.domain(), Route.DNS_TIMEOUT);
                                        case 1 ->
                                            new MailRoute(
                                                    listedDomain.domain(),
                                                    Route.MX,
                                                    List.of(new MailExchange(10, new Hostname("lost.example.net"))),
                                                    1,
                                                    List.of(new HostAddresses(
                                                            new Hostname("lost.example.net"),
                                                            HostAddresses.Status.SERVFAIL,
                                                            List.of(),
                                                            List.of(),
                                                            0)));
                                        default -> MailRoute.without(listedDomain.domain(), Route.NULL_MX);
                                    }));
        }
        routes.save(NIGHT, found);
    }

    private static MailRoute calledAt(MailDomain domain, List<Endpoint> endpoints) {
        return new MailRoute(
                domain,
                Route.MX,
                endpoints.stream()
                        .map(endpoint -> new MailExchange(10, endpoint.mxHost()))
                        .sorted()
                        .toList(),
                endpoints.size(),
                endpoints.stream()
                        .map(endpoint -> new HostAddresses(
                                endpoint.mxHost(),
                                HostAddresses.Status.FOUND,
                                List.of(),
                                List.of(endpoint.address()),
                                1))
                        .toList());
    }

    private void plan() {
        var provider = new Provider("example.net", Provider.Source.PSL);
        new Plans(database)
                .make(
                        UNTOUCHED,
                        "test",
                        (_, _) -> new Plans.Named(Optional.of(provider), Optional.of("example.net")),
                        false,
                        numbered -> new PlannedCall(
                                numbered.candidate().endpointId(),
                                numbered.candidate().endpoint(),
                                numbered.position(),
                                provider,
                                true,
                                false,
                                false,
                                1,
                                1,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
    }

    private void calls(List<Observation> seen) {
        var permits = new Permits(database);
        new Plans(database).toCall(NIGHT, call -> {
            var committed = GrantedPermits.commit(
                            permits,
                            UNTOUCHED,
                            List.of(new Permits.Chosen(
                                    call.endpointId(), 1, false, ProbeKind.STANDARD, NOW, NOW.plusSeconds(60))))
                    .get(call.endpointId());
            var id = committed.permitId();
            var observation = seen.get(number(committed.mxHost().ascii()));
            var permit = new Permit(
                    id,
                    call.endpointId(),
                    new Endpoint(committed.mxHost(), call.address()),
                    Optional.empty(),
                    "example.net",
                    1,
                    false,
                    ProbeKind.STANDARD,
                    NOW,
                    NOW.plusSeconds(60));
            var judged = ReplyClassifier.judge(observation);
            var read = observation.tls().stream()
                    .map(TlsSession::chain)
                    .flatMap(List::stream)
                    .map(CertificateReader::read)
                    .toList();
            new Observations(database).save(NIGHT, List.of(JudgedCalls.of(permit, observation)), read);
            permits.close(
                    NIGHT,
                    List.of(new Permits.Used(
                            id,
                            Optional.of(NOW),
                            Optional.of(NOW),
                            new PermitSignal.Classified(judged.replyClass()),
                            Optional.of(judged.ruleId()),
                            Optional.of(FeedbackClassifier.of(observation, judged, Limits.CEILINGS)),
                            Optional.of(new ScheduledRetry(
                                    NOW.plusSeconds(1_800), false, ProbeKind.STANDARD, RetryKind.RETRY)),
                            judged.askedWait().map(asked -> asked.words(NOW)))),
                    NOW);
            var verdict = AttemptMerge.of(List.of(Attempt.of(observation, judged.meaning())), Duration.ofMinutes(30));
            new Verdicts(database)
                    .save(
                            NIGHT,
                            "test",
                            List.of(new ServerVerdictRow(
                                    call.endpointId(),
                                    verdict.outcome().label(),
                                    verdict.starttls(),
                                    verdict.usable(),
                                    verdict.replyCode(),
                                    verdict.enhancedCode(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    observation.tls().map(_ -> true),
                                    1,
                                    Optional.of(NOW),
                                    verdict.detail(),
                                    List.of())));
        });
    }
}
