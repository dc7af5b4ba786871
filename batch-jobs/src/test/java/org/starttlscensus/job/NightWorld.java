package org.starttlscensus.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Nights;

/**
 * A simulated Internet of any size, written directly into the tables: what resolving and calling would have stored,
 * without sending a packet. Providers and domains follow power laws; some servers share an address, some are backups,
 * some block us, are silent or have no STARTTLS; one domain and one server in a hundred change every night.
 *
 * <p>It is simpler than the real one: earlier nights that {@link #pass} have no replies, domain verdicts or trends,
 * which later nights do not read. Permits are written as closed at once. No certificate has the name of its server, and
 * nobody staples a response or is asked about old versions.
 */
final class NightWorld {

    static final CensusNight FIRST = CensusNight.of("2031-01-01");

    /** What judges a chain is not what a step costs, so few are enough to measure steps. */
    private static final int FEW_CHAINS = 200;

    private static final int RENEWED_AFTER = 100;

    private final Database database;
    private final int servers;
    private final StoredChains stored;
    private final boolean hasFewChains;
    private int chains;

    private NightWorld(Database database, int servers, boolean hasFewChains) {
        this.database = database;
        this.servers = servers;
        this.hasFewChains = hasFewChains;
        stored = new StoredChains(database);
    }

    /** Its servers share few chains, which makes it quick to make. */
    NightWorld(Database database, int servers) {
        this(database, servers, true);
    }

    /** Every second server has a chain of its own, and one in a hundred of these is renewed every night. */
    static NightWorld ofOwnChains(Database database, int servers) {
        return new NightWorld(database, servers, false);
    }

    static CensusNight night(int number) {
        return new CensusNight(FIRST.date().plusDays(number - 1));
    }

    int domains() {
        return servers * 5 / 2;
    }

    /** @return a file with the root of all chains */
    Path begin(Path trustStore) {
        List.of("draw", "replies", "hosts").forEach(statement -> run(statement, FIRST, false));
        addChains(hasFewChains ? FEW_CHAINS : Math.max(servers / 2, 1));
        new JdbcTemplate(database.dataSource())
                .execute("ANALYZE census.chain, census.chain_certificate, census.certificate");
        try {
            return stored.trustStore(trustStore);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addChains(int count) {
        try {
            stored.add(chains, count);
            chains += count;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The domain at a place of the list, from 0. One place in a hundred has another every night. */
    MailDomain domain(CensusNight night, int place) {
        var renewals = (night.date().toEpochDay() + place % RENEWED_AFTER) / RENEWED_AFTER;
        return new MailDomain("d" + place + "-" + renewals + ".test");
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
        if (!hasFewChains && !night.equals(FIRST)) addChains(Math.max(servers / 2 / RENEWED_AFTER, 1));
        run("add_profiles", night, isJudged);
        List.of("leave_out", "add_permits", "analyze_permits", "add_observations")
                .forEach(statement -> run(statement, night, isJudged));
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
