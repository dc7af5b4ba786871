package org.starttlscensus;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.smtp.Deadlines;
import org.starttlscensus.smtp.ScriptedMailServer;
import org.starttlscensus.smtp.ScriptedSession;

/**
 * Measures how much dripping peers slow down calls to healthy servers. Rounds of healthy calls run in turn alone and
 * beside open connections to dripping peers, so that other load of the machine affects both alike. Run by
 * {@code bench/drips}.
 */
final class DripBench {

    /** A healthy server waits before each of its four replies, as long as a distant one would take. */
    private static final Duration HEALTHY_PAUSE = Duration.ofMillis(25);

    private static final Duration BETWEEN_OCTETS = Duration.ofSeconds(1);
    private static final Duration SETTLING = Duration.ofSeconds(2);
    private static final Deadlines LONG = Deadlines.patient();

    private DripBench() {}

    /** How long a round of healthy calls took, in milliseconds. */
    private record Round(double mean, double median, double ninetyFifth) {

        static Round of(List<Observation> calls) {
            var took = calls.stream()
                    .mapToDouble(call -> call.took().values().stream()
                                    .mapToLong(Duration::toNanos)
                                    .sum()
                            / 1e6)
                    .sorted()
                    .toArray();
            return new Round(
                    Arrays.stream(took).average().orElseThrow(), took[took.length / 2], took[took.length * 95 / 100]);
        }
    }

    public static void main(String[] arguments) throws Exception {
        int drips = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        int calls = Integer.parseInt(arguments[2]);
        int atOnce = Integer.parseInt(arguments[3]);
        try (var healthy = ScriptedMailServer.with(DripBench::behaveFromAfar)) {
            for (int warmUp = 0; warmUp < 3; warmUp++) healthy(healthy, calls, atOnce);
            var ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                // Each goes first in turn, so a growing load of the machine favours neither.
                var early =
                        round % 2 == 0 ? healthy(healthy, calls, atOnce) : besideDrips(healthy, drips, calls, atOnce);
                var late =
                        round % 2 == 0 ? besideDrips(healthy, drips, calls, atOnce) : healthy(healthy, calls, atOnce);
                var alone = round % 2 == 0 ? early : late;
                var withDrips = round % 2 == 0 ? late : early;
                ratios[round] = withDrips.mean / alone.mean;
                System.out.printf(
                        "round %d: alone %s; with %,d drips %s: %+.1f %%%n",
                        round + 1, text(alone), drips, text(withDrips), 100 * (ratios[round] - 1));
            }
            var ratio = median(ratios);
            System.out.printf(
                    "%,d drips, %d x %d healthy calls, %d at once: the median round's mean call takes %+.1f %%"
                            + " beside them (bound: +10 %%)%n",
                    drips, rounds, calls, atOnce, 100 * (ratio - 1));
            System.exit(ratio < 1.1 ? 0 : 1);
        }
    }

    private static Round besideDrips(ScriptedMailServer healthy, int drips, int calls, int atOnce) throws Exception {
        var peer = ScriptedMailServer.with(DripBench::drip);
        try (peer;
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var prober = Probers.at(peer, LONG);
            var open = new ArrayList<Future<Observation>>();
            for (int i = 0; i < drips; i++)
                open.add(threads.submit(() -> prober.call(peer.endpoint(), Probers.NOW, _ -> {})));
            while (peer.waiting() < drips) Thread.sleep(20);
            Thread.sleep(SETTLING); // their connecting is not measured
            var round = healthy(healthy, calls, atOnce);
            if (open.stream().anyMatch(Future::isDone))
                throw new IllegalStateException("a dripping peer's call ended before the round");
            over = true;
            for (var call : open) check(call.get(), Ending.CLOSED);
            over = false;
            return round;
        }
    }

    private static volatile boolean over;

    private static Round healthy(ScriptedMailServer server, int calls, int atOnce)
            throws InterruptedException, ExecutionException {
        var prober = Probers.at(server, LONG);
        try (var threads =
                Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            var all = new ArrayList<Callable<Observation>>();
            for (int i = 0; i < calls; i++) all.add(() -> prober.call(server.endpoint(), Probers.NOW, _ -> {}));
            var seen = new ArrayList<Observation>();
            for (var call : threads.invokeAll(all)) seen.add(call.get());
            seen.forEach(call -> check(call, Ending.COMPLETED));
            return Round.of(seen);
        }
    }

    private static void behaveFromAfar(ScriptedSession session) throws IOException {
        pause();
        session.send("220 mx.example.org ESMTP\r\n").readCommand();
        pause();
        session.send(ScriptedSession.EHLO_WITH_STARTTLS).readCommand();
        pause();
        session.send("220 2.0.0 Ready to start TLS\r\n").startTls();
        session.readCommand();
        pause();
        session.send("250-mx.example.org\r\n250 SIZE 1000\r\n").readCommand();
        session.send("221 2.0.0 Bye\r\n").awaitEnd();
    }

    private static void drip(ScriptedSession session) throws IOException {
        session.send("220-");
        while (!over && session.isSilentFor(BETWEEN_OCTETS)) session.send("x");
    }

    private static void pause() {
        try {
            Thread.sleep(HEALTHY_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void check(Observation seen, Ending expected) {
        if (seen.ending() == expected) return;
        throw new IllegalStateException("a call ended as %s, not as %s: %s %s"
                .formatted(seen.ending(), expected, seen.tlsFailure(), seen.detail()));
    }

    private static String text(Round round) {
        return "mean %.1f, median %.1f, 95th %.1f ms".formatted(round.mean, round.median, round.ninetyFifth);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
