package org.starttlscensus.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.Figures;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.Sink;
import org.starttlscensus.dispatch.CallSource;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.ledger.CallEngine;
import org.starttlscensus.ledger.Ledger;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.names.Network;
import org.starttlscensus.politeness.LimitKey;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.probe.ProbeSettings;
import org.starttlscensus.probe.Prober;
import org.starttlscensus.smtp.Deadlines;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Nights;
import org.starttlscensus.tls.HandshakeLimits;
import org.starttlscensus.tls.Offer;
import org.starttlscensus.tls.TlsClient;

/**
 * Full calls against a {@link Sink}, with pacing off. Run by {@code bench/run sessions}, {@code open}, {@code memory}
 * and {@code tarpit}.
 */
public final class SessionBench {

    private static final MaxCallDuration WHOLE_CALL = new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7));
    private static final int OPEN = 100;

    private final InstantSource clock = InstantSource.system();
    private final Prober prober;

    private SessionBench(Sink.Running sink) {
        var settings = new ProbeSettings(
                sink.port(),
                Optional.empty(),
                "bench.census.test",
                Deadlines.ordinary(),
                ReplyClassifier::mayNotKnowEhlo);
        this.prober = new Prober(
                settings,
                AddressGate.only(List.of(Network.of("127.64.0.0/10"))),
                new TlsClient(Offer.standard(), HandshakeLimits.contract()),
                clock);
    }

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "sessions" -> sessions();
            case "open" -> open(5_000);
            case "memory" -> memory(400_000);
            case "tarpit" -> tarpit();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void sessions() throws Exception {
        try (var sink = Sink.start(Duration.ZERO)) {
            var bench = new SessionBench(sink);
            bench.alone(30_000); // a night is ten times as long, and the compiler is busy for the first of them
            double cpu = Figures.cpuSeconds();
            double theirs = sink.cpuSeconds();
            int calls = 20_000;
            var seconds = Figures.seconds(() -> bench.alone(calls));
            double ours = Figures.cpuSeconds() - cpu;
            double other = sink.cpuSeconds() - theirs;
            Figures.row(
                    "sessions",
                    "the engine alone: full sessions a second of wall clock",
                    "%,.0f".formatted(calls / seconds),
                    ">= 800");
            Figures.row(
                    "sessions",
                    "the engine alone: full sessions a second of our processor",
                    "%,.0f".formatted(calls / ours),
                    "");
            Figures.row(
                    "sessions", "the sink's processor time a session", "%.2f ms".formatted(1_000 * other / calls), "");
            bench.stored();
        }
    }

    /** With permits and storage: all that a night does, except for pacing. */
    private void stored() throws Exception {
        var directory = Files.createTempDirectory("census-session-bench-");
        try (var database = Database.openEmbedded(directory)) {
            night(database, "2030-03-01", 10_000, Optional.empty());
            double cpu = Figures.cpuSeconds();
            int calls = 20_000;
            var seconds = Figures.seconds(() -> night(database, "2030-03-02", calls, Optional.empty()));
            double ours = Figures.cpuSeconds() - cpu;
            Figures.row(
                    "sessions",
                    "with ledger and storage: full sessions a second of wall clock",
                    "%,.0f".formatted(calls / seconds),
                    ">= 450");
            Figures.row(
                    "sessions",
                    "with ledger and storage: our processor time a session",
                    "%.2f ms".formatted(1_000 * ours / calls),
                    "<= 2 ms");
        } finally {
            remove(directory);
        }
    }

    /** A night's calls from an empty ledger to all of them stored. */
    private void night(Database database, String date, int calls, Optional<Runnable> whenAllButOneAreStored) {
        var night = CensusNight.of(date);
        PlannedNight.in(database, night, calls, 5);
        call(database, night, calls, whenAllButOneAreStored);
    }

    private void call(Database database, CensusNight night, int calls, Optional<Runnable> whenAllButOneAreStored) {
        var limits = Limits.CEILINGS.scaled(0);
        limits = limits.with(LimitKey.SOURCE, limits.source().withOpen(OPEN));
        var ledger = Ledger.open(
                database, new Nights(database).takeOver(night), CallSource.CHOSEN_BY_SYSTEM, limits, WHOLE_CALL);
        try (var engine = new CallEngine(
                ledger,
                limits,
                (permit, dialled) -> prober.call(permit.endpoint(), permit.dialBefore(), dialled),
                ReplyClassifier::judge,
                new PostgresCallResultStore(database, night, clock),
                clock)) {
            engine.start();
            int stored = 0;
            for (var batch = engine.stored(); batch.isPresent(); batch = engine.stored()) {
                stored += batch.get().size();
                if (stored >= calls - 1 && whenAllButOneAreStored.isPresent()) {
                    whenAllButOneAreStored.get().run();
                    engine.stop();
                    engine.cutShort();
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        long completed = PlannedNight.count(
                database,
                "SELECT count(*) FROM census.observation WHERE night = '%s' AND ending = 'completed'".formatted(night));
        if (completed < calls - 1)
            throw new IllegalStateException("%d of %d calls were completed".formatted(completed, calls));
    }

    private void alone(int calls) {
        call(calls, OPEN);
    }

    private void call(int calls, int open) {
        var free = new Semaphore(open);
        var others = new ConcurrentLinkedQueue<Observation>();
        for (int number = 0; number < calls; number++) {
            free.acquireUninterruptibly();
            var endpoint = endpoint(2 + number);
            Thread.ofVirtual().start(() -> {
                var call = prober.call(endpoint, clock.instant().plusSeconds(60), _ -> {});
                if (call.ending() != Ending.COMPLETED) others.add(call);
                free.release();
            });
        }
        free.acquireUninterruptibly(open);
        if (!others.isEmpty())
            throw new IllegalStateException(
                    "%d of %d calls were not completed: %s".formatted(others.size(), calls, others));
    }

    private static Endpoint endpoint(int number) {
        return new Endpoint(
                new Hostname("mx%d.test".formatted(number)),
                Address.of("127.64.%d.%d".formatted(number / 256 % 256, number % 256)));
    }

    /** The sink greets after twenty seconds, so that all are open before the first goes on. */
    private static void open(int calls) throws IOException {
        try (var sink = Sink.start(Duration.ofSeconds(20))) {
            var bench = new SessionBench(sink);
            var sampler = new AtomicLong();
            var sampling = Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(15_000);
                    sampler.set((long) (Figures.liveMegabytes() * 1_000));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            bench.call(calls, calls);
            sampling.interrupt();
            Figures.row(
                    "open",
                    "%,d calls open at once in 512 MiB: completed".formatted(calls),
                    "%,d".formatted(calls),
                    "all");
            Figures.row("open", "alive on the heap meanwhile", "%.0f MB".formatted(sampler.get() / 1_000.0), "");
        }
    }

    private static void memory(int calls) throws IOException {
        try (var sink = Sink.start(Duration.ZERO)) {
            var bench = new SessionBench(sink);
            bench.alone(calls / 8);
            double before = Figures.liveMegabytes();
            for (int quarter = 1; quarter <= 4; quarter++) {
                bench.alone(calls / 4);
                Figures.row(
                        "memory",
                        "alive on the heap after %,d calls more".formatted(quarter * calls / 4),
                        "%+.2f MB".formatted(Figures.liveMegabytes() - before),
                        "< 1 MB a 100,000");
            }
        }
    }

    /** The same thousand servers, and one of them is a tarpit the second time. */
    private static void tarpit() throws Exception {
        var directory = Files.createTempDirectory("census-tarpit-bench-");
        try (var sink = Sink.start(Duration.ZERO);
                var database = Database.openEmbedded(directory)) {
            var bench = new SessionBench(sink);
            bench.night(database, "2030-04-01", 1_000, Optional.empty());
            double[] seconds = new double[2];
            for (int round = 0; round < 3; round++) {
                seconds[0] += bench.untilOthersAreStored(database, "2030-04-0" + (2 + 2 * round), false);
                seconds[1] += bench.untilOthersAreStored(database, "2030-04-0" + (3 + 2 * round), true);
            }
            Figures.row(
                    "tarpit",
                    "999 servers of 1,000 called and stored, the last one well",
                    "%.2f s".formatted(seconds[0] / 3),
                    "");
            Figures.row(
                    "tarpit",
                    "999 servers of 1,000 called and stored, the last one a tarpit",
                    "%.2f s".formatted(seconds[1] / 3),
                    "as without");
        } finally {
            remove(directory);
        }
    }

    private double untilOthersAreStored(Database database, String date, boolean tarpit) {
        var night = CensusNight.of(date);
        PlannedNight.in(database, night, 1_000, 5);
        if (tarpit) {
            JdbcClient.create(database.dataSource())
                    .sql("UPDATE census.planned_call SET address = :address::inet "
                            + "WHERE night = :night AND endpoint_id = 1")
                    .param("address", Sink.TARPIT.getHostAddress())
                    .param("night", night.date())
                    .update();
        }
        var ended = new long[1];
        var began = System.nanoTime();
        call(database, night, 1_000, Optional.of(() -> ended[0] = ended[0] == 0 ? System.nanoTime() : ended[0]));
        return (ended[0] - began) / 1e9;
    }

    private static void remove(Path directory) throws IOException {
        new ProcessBuilder("rm", "-rf", directory.toString()).start();
    }
}
