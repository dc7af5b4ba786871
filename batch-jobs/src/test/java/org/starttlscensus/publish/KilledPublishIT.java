package org.starttlscensus.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at any moment of publishing: readers always see a whole set. */
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
        int unfinished = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            var publisher = PublisherProcess.start(target, 20_000 + kill * 1_000);
            try (var sent = publisher.outputWriter();
                    var done = publisher.inputReader()) {
                for (int edition = random.nextInt(1, 4); edition > 0; edition--) {
                    sent.write("next\n");
                    sent.flush();
                    while (!done.ready() && publisher.isAlive()) seen.merge(Published.look(target), 1, Integer::sum);
                    done.readLine();
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
        new DatasetWriter().publish(target, Published.set(0));
        System.out.println("kills: " + KILLS + ", in the middle of a publish: " + unfinished + ", looks: " + seen);
        assertEquals(List.of(Published.Seen.WHOLE), List.copyOf(seen.keySet()));
        assertTrue(unfinished > 0, "no kill happened during a publish");
        assertEquals(List.of("2026-11-23"), Published.names(target.getParent()));
    }
}
