package org.starttlscensus.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.Figures;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Lists;
import org.starttlscensus.store.Routes;
import org.starttlscensus.verdict.TrustStore;

/**
 * What the steps list, resolve and plan cost in the database, for several numbers of domains: on the first night, on a
 * second one, and on the night after so many others. The answers of the DNS are made up. Run by {@code bench/run
 * resolve}; arguments: {@code sizes=10000,100000 nights=90 keep=false}. {@code keep=true} keeps the databases.
 */
public final class ResolveBench {

    private static final Path WORK = Path.of("batch-jobs", "target", "bench");
    /** As many as the step writes at once. */
    private static final int BATCH = UnorderedExecutor.MOST_AT_ONCE;

    private static final int PAGE = 2_000;
    private static final CensusNight FIRST = CensusNight.of("2031-01-01");

    private final Database database;
    private final RouteWorld world;
    private final ServerClock clock;
    private final String size;

    private ResolveBench(Database database, int domains, Path directory) {
        this.database = database;
        this.world = new RouteWorld(domains);
        this.clock = new ServerClock(directory.resolve("data"));
        this.size = "%,d".formatted(domains);
    }

    public static void main(String[] arguments) throws IOException {
        int nights = Integer.parseInt(argument(arguments, "nights", "90"));
        boolean keeps = argument(arguments, "keep", "false").equals("true");
        for (var size : argument(arguments, "sizes", "10000,100000").split(",")) {
            var directory = Files.createTempDirectory(Files.createDirectories(WORK), "resolve-" + size + "-");
            try (var database = Database.openEmbedded(directory)) {
                new ResolveBench(database, Integer.parseInt(size), directory).run(nights);
            } finally {
                if (keeps) System.err.println(directory);
                else remove(directory);
            }
        }
    }

    private void run(int nights) {
        night(FIRST, 0, "first night");
        night(new CensusNight(FIRST.date().plusDays(1)), 1, "second night");
        var last = new CensusNight(FIRST.date().plusDays(nights));
        JdbcClient.create(database.dataSource())
                .sql(PlanShape.statement("nights/resolve_history.sql"))
                .param("first", FIRST.date().plusDays(2))
                .param("last", last.date().minusDays(1))
                .update();
        new JdbcTemplate(database.dataSource()).execute("VACUUM ANALYZE");
        night(last, 2, "after %d nights".formatted(nights));
        Figures.row("resolve", size + " domains: live heap", "%.0f MB".formatted(Figures.liveMegabytes()), "");
    }

    /** @param day of the world: as if nothing else had changed in the nights between */
    private void night(CensusNight night, long day, String when) {
        new JdbcTemplate(database.dataSource()).execute("CHECKPOINT");
        NightWorld.open(database, night);
        measure(when + ": list", () -> list(night, day));
        measure(when + ": resolve", () -> resolve(night, day));
        var steps = new NightSteps(database, TrustStore.mozilla(), night, clock);
        steps.plan();
        steps.took().forEach((step, took) -> row(when + ": " + step, took));
    }

    private void list(CensusNight night, long day) {
        var file =
                new Lists.File("bench", "bench.csv", Octets.of(night.toString()).sha256(), 1);
        var lists = new Lists(database);
        var edition = lists.load(
                file,
                rows -> {
                    IntStream.range(0, world.domains())
                            .forEach(i -> rows.listed(world.domain(day, i), OptionalInt.of(i + 1)));
                    return new Lists.LineCounts(world.domains(), world.domains(), 0, 0, 0);
                },
                Instant.parse(night + "T22:00:00Z"));
        lists.pin(night, List.of(edition));
    }

    private void resolve(CensusNight night, long day) {
        var routes = new Routes(database);
        var batch = new ArrayList<Routes.Found>(BATCH);
        var order = LookUpOrder.of(night, routes.ids(night));
        for (int from = 0; from < order.size(); from += PAGE) {
            for (var listed : routes.named(order.page(from, PAGE))) {
                batch.add(new Routes.Found(listed.domainId(), world.route(day, listed.domainId(), listed.domain())));
                if (batch.size() == BATCH) {
                    routes.save(night, batch);
                    batch.clear();
                }
            }
        }
        if (!batch.isEmpty()) routes.save(night, batch);
    }

    private void measure(String what, Runnable work) {
        var processor = clock.seconds();
        var wall = Figures.seconds(work);
        row(what, new NightSteps.Took(wall, clock.seconds() - processor));
    }

    private void row(String what, NightSteps.Took took) {
        Figures.row(
                "resolve",
                size + " domains, " + what,
                "%.1f s".formatted(took.wall()),
                "%.1f s of processor".formatted(took.processor()));
    }

    private static void remove(Path directory) throws IOException {
        try {
            new ProcessBuilder("rm", "-rf", directory.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String argument(String[] arguments, String name, String otherwise) {
        return Arrays.stream(arguments)
                .filter(argument -> argument.startsWith(name + "="))
                .map(argument -> argument.substring(name.length() + 1))
                .findFirst()
                .orElse(otherwise);
    }
}
