package org.starttlscensus.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.starttlscensus.Figures;
import org.starttlscensus.job.NightSteps.Took;
import org.starttlscensus.job.StorageNights.TableUse;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;

/**
 * What nights leave on disk, table by table, and what questions to {@code pub} cost then. Run by {@code bench/run
 * storage}; arguments: {@code servers=4000 nights=35 keep=false}. There are five domains for two servers. {@code
 * keep=true} keeps the database.
 */
public final class StorageBench {

    private static final Path WORK = Path.of("batch-jobs", "target", "bench");
    private static final double MEGA = 1e6;
    private static final int TIMES = 3;

    private StorageBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int servers = Integer.parseInt(argument(arguments, "servers", "4000"));
        int nights = Integer.parseInt(argument(arguments, "nights", "35"));
        var directory = Files.createTempDirectory(Files.createDirectories(WORK), "storage-");
        EmptyDatabase.linkOtherRelease(directory);
        try (var database = Database.openEmbedded(directory)) {
            var world = new StorageNights(database, servers, directory);
            var before = new TreeMap<String, TableUse>();
            var steps = new TreeMap<String, Took>();
            var last = new TreeMap<String, Took>();
            for (int number = 1; number <= nights; number++) {
                last.putAll(world.run(number).took());
                last.forEach((step, took) -> steps.merge(step, took, Took::plus));
                // the second night is the first that changes what was there
                if (number == Math.min(2, nights)) before.putAll(world.tables());
                System.err.printf("night %d of %d%n", number, nights);
            }
            System.out.printf(
                    "%,d domains, %,d servers, %d nights, 1 %% renewed each night%n", servers * 5 / 2, servers, nights);
            print(before, world.tables(), Math.max(nights - 2, 1), servers);
            steps.forEach((step, took) -> {
                var latest = last.getOrDefault(step, new Took(0, 0));
                System.out.printf(
                        "step      %-40s %9.2f s a night, %9.2f s of processor; the last night %9.2f and %9.2f%n",
                        step, took.wall() / nights, took.processor() / nights, latest.wall(), latest.processor());
            });
            ask(world);
        } finally {
            if (argument(arguments, "keep", "false").equals("false")) remove(directory);
        }
    }

    private static void print(Map<String, TableUse> before, Map<String, TableUse> after, int nights, int servers) {
        System.out.printf(
                "%-24s %12s %12s %12s %12s %14s%n",
                "table", "rows", "table MB", "index MB", "MB a night", "at 400,000");
        var sums = new double[4];
        after.values().stream()
                .filter(use -> use.octets() > MEGA / 100)
                .sorted((one, other) -> Long.compare(other.octets(), one.octets()))
                .forEach(use -> {
                    var start = before.getOrDefault(use.table(), TableUse.NOTHING);
                    var grown = (use.octets() - start.octets()) / MEGA / nights;
                    var scaled = grown * 400_000 / servers;
                    System.out.printf(
                            "%-24s %,12d %12.2f %12.2f %12.3f %14.1f%n",
                            use.table(), use.rows(), use.tableSize() / MEGA, use.indexSize() / MEGA, grown, scaled);
                    sums[0] += use.tableSize() / MEGA;
                    sums[1] += use.indexSize() / MEGA;
                    sums[2] += grown;
                    sums[3] += scaled;
                });
        System.out.printf("%-24s %12s %12.2f %12.2f %12.3f %14.1f%n", "all", "", sums[0], sums[1], sums[2], sums[3]);
    }

    /** The median, because the first asking also reads from disk. */
    private static void ask(StorageNights world) {
        for (var question : world.questions()) {
            var seconds = new ArrayList<Double>();
            var rows = new int[1];
            IntStream.range(0, TIMES).forEach(_ -> seconds.add(Figures.seconds(() -> rows[0] = world.rows(question))));
            var slowest = seconds.getFirst();
            seconds.sort(null);
            System.out.printf(
                    "question  %-60s %,8d rows %9.1f ms   first %9.1f ms%n",
                    question.name(), rows[0], 1_000 * seconds.get(TIMES / 2), 1_000 * slowest);
        }
    }

    private static void remove(Path directory) throws IOException, InterruptedException {
        new ProcessBuilder("rm", "-rf", directory.toString())
                .inheritIO()
                .start()
                .waitFor();
    }

    private static String argument(String[] arguments, String name, String otherwise) {
        return Arrays.stream(arguments)
                .filter(argument -> argument.startsWith(name + "="))
                .map(argument -> argument.substring(name.length() + 1))
                .findFirst()
                .orElse(otherwise);
    }
}
