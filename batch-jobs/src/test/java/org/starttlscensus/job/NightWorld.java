package org.starttlscensus.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Nights;

/**
 * A simulated Internet of any size, written directly into the tables: what resolving and calling would have stored,
 * without sending a packet. Providers and domains follow power laws; some servers share an address, some are backups,
 * some block us, are silent or have no STARTTLS; one domain and one server in a hundred change every night.
 *
 * <p>It is simpler than the real one: there are only {@value #CHAINS} chains, and earlier nights have no replies,
 * domain verdicts or trends, which later nights do not read. Permits are written as closed at once.
 */
final class NightWorld {

    static final CensusNight FIRST = CensusNight.of("2031-01-01");
    static final int CHAINS = 200;

    private final Database database;
    private final int servers;

    NightWorld(Database database, int servers) {
        this.database = database;
        this.servers = servers;
    }

    static CensusNight night(int number) {
        return new CensusNight(FIRST.date().plusDays(number - 1));
    }

    int domains() {
        return servers * 5 / 2;
    }

    /** @return a file with the root of all chains */
    Path begin(Path trustStore) {
        run("draw", FIRST, false);
        run("hosts", FIRST, false);
        try {
            var chains = new StoredChains(database);
            chains.store(CHAINS, 0);
            run("add_profiles", FIRST, false);
            return chains.trustStore(trustStore);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the resolver would have stored. */
    void resolve(CensusNight night) {
        List.of("end_routes", "add_routes", "add_failures").forEach(statement -> run(statement, night, true));
    }

    /** What the calls of a planned night would have stored. */
    void call(CensusNight night) {
        call(night, true);
    }

    /** An earlier night, with the same results as the night before it. */
    void pass(CensusNight night) {
        open(database, night);
        List.of("pin", "copy_plan", "copy_precedence", "copy_verdicts")
                .forEach(statement -> run(statement, night, false));
        call(night, false);
        complete(night);
    }

    void complete(CensusNight night) {
        run("complete", night, false);
    }

    static void open(Database database, CensusNight night) {
        new Nights(database).open(night, MethodVersion.VERSION, "bench", Instant.parse(night + "T22:00:00Z"));
    }

    private void call(CensusNight night, boolean isJudged) {
        List.of("leave_out", "add_permits", "add_observations").forEach(statement -> run(statement, night, isJudged));
    }

    private void run(String name, CensusNight night, boolean isJudged) {
        database.transactions().executeWithoutResult(_ -> {
            var jdbc = JdbcClient.create(database.dataSource());
            jdbc.sql("SET LOCAL work_mem = '192MB'").update();
            jdbc.sql(PlanShape.statement("nights/" + name + ".sql"))
                    .param("servers", servers)
                    .param("night", night.date())
                    .param("judged", isJudged)
                    .update();
        });
    }
}
