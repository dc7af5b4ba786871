package org.starttlscensus.ondemand;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.Route;
import org.starttlscensus.job.Progress;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabOptions;
import org.starttlscensus.lab.ServerBehavior;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.RunLock;

/** Two checks that want the same server at the same moment: it is called once, and both have the result. */
class CheckBesideCheckIT {

    /** Half an hour of the limits is shorter than a check waits, so that a second call would be made. */
    private static final double TIME_SCALE = 0.002;

    @TempDir
    private Path directory;

    /** A domain without an MX record may have no mail server at all, so it gets one call a night, whoever asks. */
    @Test
    void aServerThatTheOtherHasJustCalledIsNotCalledAgain() throws Exception {
        try (var lab = Lab.open(LabOptions.in(directory.resolve("lab"))
                        .withPatience(0.1)
                        .withTimeScale(TIME_SCALE));
                var database = EmptyDatabase.in(directory.resolve("pg"))) {
            var domain = silentWithoutMx(lab);
            var settings = SettingsReader.read(
                    lab.settings().entrySet().stream()
                            .map(setting -> setting.getKey() + "=" + setting.getValue())
                            .toList(),
                    Optional.empty(),
                    Map.of());
            var waiting = new CountDownLatch(2);
            FutureTask<CheckedDomain> one;
            FutureTask<CheckedDomain> other;
            try (var _ = database.tryRunLock(RunLock.Holder.CHECK).orElseThrow()) {
                one = started(() -> check(database, settings, domain, waiting));
                other = started(() -> check(database, settings, domain, waiting));
                assertEquals(true, waiting.await(30, TimeUnit.SECONDS), "both have seen that it was not called");
            }
            for (var checked : List.of(one, other))
                checked.get(1, TimeUnit.MINUTES)
                        .servers()
                        .forEach(server -> assertEquals(
                                CheckedServer.Finding.Called.class,
                                server.finding().getClass()));
            assertEquals(
                    1,
                    PlannedNight.count(
                            database,
                            "SELECT count(*) FROM census.permit WHERE signal IS DISTINCT FROM 'not_dialled'"));
            assertEquals(Optional.empty(), database.runLockHolder());
        }
    }

    private static MailDomain silentWithoutMx(Lab lab) {
        return lab.universe().domains().stream()
                .filter(one -> one.route() == Route.IMPLICIT_MX)
                .filter(one -> lab.universe().endpoints().entrySet().stream()
                        .anyMatch(server ->
                                server.getKey().mxHost().equals(one.domain().asHost())
                                        && server.getValue() == ServerBehavior.SILENT))
                .findFirst()
                .orElseThrow()
                .domain();
    }

    private static <T> FutureTask<T> started(Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }

    private static CheckedDomain check(
            Database database, CensusSettings settings, MailDomain domain, CountDownLatch waiting) throws Exception {
        return new DomainCheck(database, settings, Clock.systemUTC(), new Progress() {
                    @Override
                    public void begin(String work) {}

                    @Override
                    public void at(long done, long total) {}

                    @Override
                    public void say(String message) {
                        assertEquals("another check is making its calls: this one comes after it", message);
                        waiting.countDown();
                    }
                })
                .check(domain, Duration.ofSeconds(30));
    }
}
