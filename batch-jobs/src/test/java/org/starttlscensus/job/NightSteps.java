package org.starttlscensus.job;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.starttlscensus.Figures;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.names.Network;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ProviderIdentity;
import org.starttlscensus.politeness.ProviderRules;
import org.starttlscensus.store.AddressHistory;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Evidence;
import org.starttlscensus.store.Filing;
import org.starttlscensus.store.KnownStates;
import org.starttlscensus.store.Lists;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.Plans;
import org.starttlscensus.store.ProviderHistory;
import org.starttlscensus.store.Routes;
import org.starttlscensus.store.StandingWaits;
import org.starttlscensus.store.Verdicts;
import org.starttlscensus.verdict.TrustStore;

/** Runs the steps of one night as the program does, except for the network, and measures the time of each. */
final class NightSteps {

    private static final int PAGE = 2_000;
    private static final int SERVERS_AT_ONCE = 500;
    private static final int OLD_VERSIONS = 2_000;
    private static final Limits LIMITS = Limits.CEILINGS;
    private static final AddressGate GATE = AddressGate.only(List.of(Network.of("0.0.0.0/0")));

    private final Database database;
    private final TrustStore roots;
    private final CensusNight night;
    private final ServerClock clock;
    private final Map<String, Took> took = new LinkedHashMap<>();

    /** Seconds of wall-clock time, and of processor time. */
    record Took(double wall, double processor) {

        Took plus(Took other) {
            return new Took(wall + other.wall, processor + other.processor);
        }
    }

    NightSteps(Database database, TrustStore roots, CensusNight night, ServerClock clock) {
        this.clock = clock;
        this.database = database;
        this.roots = roots;
        this.night = night;
    }

    Map<String, Took> took() {
        return took;
    }

    void list(NightWorld world) {
        measure("list", () -> {
            var lists = new Lists(database);
            var file = new Lists.File(
                    "bench", "bench.csv", Octets.of(night.toString()).sha256(), 1);
            lists.pin(
                    night,
                    List.of(lists.load(
                            file,
                            rows -> {
                                IntStream.range(0, world.domains())
                                        .forEach(i -> rows.listed(world.domain(night, i), OptionalInt.of(i + 1)));
                                return new Lists.LineCounts(world.domains(), world.domains(), 0, 0, 0);
                            },
                            Instant.parse(night + "T22:00:00Z"))));
        });
    }

    void pages() {
        measure("resolve: pages of domains", () -> {
            var routes = new Routes(database);
            var order = LookUpOrder.of(night, routes.ids(night));
            for (int from = 0; from < order.size(); from += PAGE) routes.named(order.page(from, PAGE));
        });
    }

    void plan() {
        var lease = new Nights(database).takeOver(night);
        var rules = ProviderRules.shipped();
        var plans = new Plans(database);
        measure("plan", () -> {
            new Routes(database).analyze();
            var planner = new Planner(
                    night,
                    GATE,
                    LIMITS,
                    new IpVersions(true, false),
                    OptionalInt.empty(),
                    StandingWaits.atOpening(database, night, LIMITS.timeScale()),
                    new Nights(database).find(night).orElseThrow().openedAt());
            plans.make(
                    lease,
                    rules.version(),
                    (host, aliases) -> PlanStep.named(ProviderIdentity.of(host, aliases, rules)),
                    false,
                    planner);
            plans.askOldVersions(night, OLD_VERSIONS);
        });
        measure("call: whom to call", () -> plans.toCall(night, _ -> {}));
        measure("call: whom backups wait for", () -> plans.precedence(night, (_, _) -> {}));
    }

    void assess() {
        var verdicts = new Verdicts(database);
        measure("assess", () -> {
            var caches =
                    ChainVerdictCaches.ofTheNight(night, roots, database, () -> Instant.parse(night + "T22:00:00Z"));
            var judge = new ServerJudge(
                    caches.named(roots.name()).orElseThrow(), LIMITS.endpoint().gap());
            try (var reader =
                    new EvidenceReader(new Evidence(database), new Filing(database), caches, night, Progress.SILENT)) {
                reader.open(new ExecutionContext());
                while (Boolean.TRUE.equals(database.transactions().execute(_ -> {
                    var page = reader.next(SERVERS_AT_ONCE);
                    if (!page.isEmpty())
                        verdicts.save(
                                night,
                                MethodVersion.VERSION,
                                page.stream().map(judge::judge).toList());
                    return !page.isEmpty();
                })))
                    ;
            }
        });
    }

    void aggregate() {
        measure(
                "aggregate",
                () -> AggregateStep.aggregate(database, night, LIMITS, () -> Instant.parse(night + "T23:00:00Z")));
    }

    void recordHistory() {
        measure("record-history", () -> {
            RecordHistoryStep.noteProviders(database, night, LIMITS);
            var providerHistory = new ProviderHistory(database);
            providerHistory.noteUnreachable(night);
            new AddressHistory(database).note(night);
            new KnownStates(database).note(night);
            providerHistory.noteSource(night, Address.of("192.0.2.1"));
        });
    }

    private void measure(String step, Runnable work) {
        var processor = clock.seconds();
        var wall = Figures.seconds(work);
        took.put(step, new Took(wall, clock.seconds() - processor));
    }
}
