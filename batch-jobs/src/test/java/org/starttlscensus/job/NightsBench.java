package org.starttlscensus.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.starttlscensus.store.Database;
import org.starttlscensus.verdict.TrustStore;

/**
 * What each step of a night costs, on the first night and on later ones, for several numbers of domains. Run by
 * {@code bench/run nights}; arguments: {@code sizes=1000,10000 nights=1,2,13,32 autovacuum=on}. {@code keep=true} keeps
 * the databases, to look at plans and at {@code server.log}, which has the statements that took longer than 2 seconds.
 */
public final class NightsBench {

    private static final Path WORK = Path.of("batch-jobs", "target", "bench");

    private final List<Integer> nights;
    private final boolean autovacuum;
    private final boolean keeps;
    private final NightsTable table;

    private NightsBench(List<Integer> nights, boolean autovacuum, boolean keeps, NightsTable table) {
        this.nights = nights;
        this.autovacuum = autovacuum;
        this.keeps = keeps;
        this.table = table;
    }

    public static void main(String[] arguments) throws IOException {
        var sizes = numbers(arguments, "sizes", "1000,10000,40000");
        var nights = numbers(arguments, "nights", "1,2,13,32");
        var autovacuum = argument(arguments, "autovacuum", "on").equals("on");
        var keeps = argument(arguments, "keep", "false").equals("true");
        var table = new NightsTable(sizes, nights);
        new NightsBench(nights, autovacuum, false, table).of(0);
        for (var size : sizes) new NightsBench(nights, autovacuum, keeps, table).of(size);
        table.print("autovacuum " + (autovacuum ? "on" : "off"));
    }

    private void of(int servers) throws IOException {
        var directory = Files.createTempDirectory(Files.createDirectories(WORK), "nights-" + servers + "-");
        try (var database = Database.openEmbedded(directory)) {
            execute(database, "ALTER SYSTEM SET autovacuum = " + (autovacuum ? "on" : "off"));
            if (keeps) execute(database, "ALTER SYSTEM SET log_min_duration_statement = '2s'");
            execute(database, "SELECT pg_reload_conf()");
            var world = new NightWorld(database, servers);
            var clock = new ServerClock(directory.resolve("data"));
            var roots = TrustStore.read("bench", world.begin(directory.resolve("roots.pem")));
            for (int number = 1; number <= nights.getLast(); number++) {
                if (!nights.contains(number)) world.pass(NightWorld.night(number));
                else table.add(servers, number, measured(database, world, roots, clock, number));
                System.err.printf("%,d servers: night %d%n", servers, number);
            }
        } finally {
            if (!keeps) remove(directory);
        }
    }

    /** A checkpoint before measuring, or else it would write what the generator left. */
    private static Map<String, NightSteps.Took> measured(
            Database database, NightWorld world, TrustStore roots, ServerClock clock, int number) {
        var night = NightWorld.night(number);
        NightWorld.open(database, night);
        var steps = new NightSteps(database, roots, night, clock);
        execute(database, "CHECKPOINT");
        steps.list(world);
        world.resolve(night);
        execute(database, "CHECKPOINT");
        steps.pages();
        steps.plan();
        world.call(night);
        execute(database, "CHECKPOINT");
        steps.assess();
        steps.aggregate();
        steps.recordHistory();
        world.complete(night);
        System.err.printf("%s%n", steps.took());
        return steps.took();
    }

    private static void execute(Database database, String statement) {
        new JdbcTemplate(database.dataSource()).execute(statement);
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

    private static List<Integer> numbers(String[] arguments, String name, String otherwise) {
        var numbers = new ArrayList<Integer>();
        for (var number : argument(arguments, name, otherwise).split(",")) numbers.add(Integer.parseInt(number));
        return List.copyOf(numbers);
    }
}
