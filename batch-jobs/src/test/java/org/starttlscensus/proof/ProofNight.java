package org.starttlscensus.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.NightRequest;
import org.starttlscensus.job.NightRunner;
import org.starttlscensus.job.Progress;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lists.ListTolerance;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.Database;

/** A whole night over a lab, in this process. */
record ProofNight(Lab lab, Database database, CensusNight night) {

    void run(Path out) {
        assertEquals(NightRunner.NightResult.COMPLETED, run(out, new AtomicReference<>()));
    }

    /** @param running is set to the runner, so that it can be stopped */
    NightRunner.NightResult run(Path out, AtomicReference<NightRunner> running) {
        var pairs = new ArrayList<String>();
        ProofSources.settings(lab).forEach((key, value) -> pairs.add(key + "=" + value));
        var settings = SettingsReader.read(pairs, Optional.empty(), Map.of());
        var request =
                new NightRequest(night, settings.lists(), out, ListTolerance.ORDINARY, OptionalInt.empty(), false);
        try (var lock = database.tryRunLock().orElseThrow()) {
            var runner = new NightRunner(database, settings, Progress.SILENT, Clock.systemUTC());
            running.set(runner);
            return runner.run(request, lock);
        }
    }

    /** The outcomes by {@code name[address]}. */
    Map<String, String> outcomes() {
        var outcomes = new TreeMap<String, String>();
        JdbcClient.create(database.dataSource())
                .sql("""
                SELECT mail_host.name || '[' || host(address) || ']', outcome
                FROM census.server_verdict
                JOIN census.endpoint USING (endpoint_id)
                JOIN census.mail_host USING (mail_host_id)
                WHERE night = :night""")
                .param("night", night.date())
                .query(row -> {
                    outcomes.put(row.getString(1), row.getString(2));
                });
        return outcomes;
    }
}
