package org.starttlscensus.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at any moment of publishing: readers always see a whole set, and no set that was published is lost. */
class KilledPublishIT {

    private static final int KILLS = Integer.getInteger("census.publish.kills", 5);

    @TempDir
    Path directory;

    @Test
    void leavesAWholeSetAndTheNextPublishRemovesTheRest() throws Exception {
        var target = directory.resolve("published/2026-11-23");
        var staging = target.resolveSibling(".2026-11-23.publishing");
        new DatasetWriter().publish(target, Published.set(0));
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        var seen = new EnumMap<Published.Seen, Integer>(Published.Seen.class);
        var published = new TreeSet<String>();
        int unfinished = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            var publisher = PublisherProcess.start(target, 20_000 + kill * 1_000);
            try (var sent = publisher.outputWriter();
                    var done = publisher.inputReader()) {
                for (int edition = random.nextInt(1, 4); edition > 0; edition--) {
                    sent.write("next\n");
                    sent.flush();
                    while (!done.ready() && publisher.isAlive()) seen.merge(Published.look(target), 1, Integer::sum);
                    published.add(done.readLine());
                }
                sent.write("last\n");
                sent.flush();
                while (Files.notExists(staging) && !done.ready() && publisher.isAlive())
                    seen.merge(Published.look(target), 1, Integer::sum);
                for (int look = random.nextInt(8); look > 0; look--)
                    seen.merge(Published.look(target), 1, Integer::sum);
                publisher.destroyForcibly().waitFor();
            } finally {
                publisher.destroyForcibly();
            }
            seen.merge(Published.look(target), 1, Integer::sum);
            if (Files.exists(staging)) unfinished++;
        }
        new DatasetWriter().publish(target, Published.set(0));
        assertTrue(Files.notExists(staging), "the rest of a killed publish");
        var kept = new TreeSet<String>();
        for (var name : Published.names(target.getParent())) {
            assertTrue(name.matches("2026-11-23|\\.2026-11-23\\.earlier-[0-9]+"), name);
            var folder = target.resolveSibling(name);
            assertEquals(Published.Seen.WHOLE, Published.look(folder), name);
            kept.add(Files.readAllLines(folder.resolve("adoption.csv")).get(1).replaceAll(".*,|-.*", ""));
        }
        System.out.println("kills: " + KILLS + ", in the middle of a publish: " + unfinished + ", looks: " + seen);
        assertEquals(List.of(Published.Seen.WHOLE), List.copyOf(seen.keySet()));
        assertTrue(unfinished > 0, "no kill happened during a publish");
        assertTrue(
                kept.containsAll(published) && published.size() >= KILLS,
                () -> published + " of which are kept " + kept);
    }
}
