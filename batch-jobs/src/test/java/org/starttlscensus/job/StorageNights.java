package org.starttlscensus.job;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.Cookbook;
import org.starttlscensus.Cookbook.Question;
import org.starttlscensus.store.Database;
import org.starttlscensus.verdict.TrustStore;

/**
 * Whole nights of a {@link NightWorld}, one after the other, for what they leave on disk and what questions cost. What
 * the resolver and the calls would have stored comes from the world; everything else from the steps of the program.
 */
final class StorageNights {

    private final Database database;
    private final NightWorld world;
    private final ServerClock clock;
    private final TrustStore roots;

    StorageNights(Database database, int servers, Path directory) {
        this.database = database;
        this.world = NightWorld.ofOwnChains(database, servers);
        this.clock = new ServerClock(directory.resolve("data"));
        this.roots = TrustStore.read("bench", world.begin(directory.resolve("roots.pem")));
    }

    /** @param tableSize octets, with what is stored out of line */
    record TableUse(String table, long tableSize, long indexSize, long rows) {

        static final TableUse NOTHING = new TableUse("", 0, 0, 0);

        long octets() {
            return tableSize + indexSize;
        }
    }

    NightSteps run(int number) {
        var night = NightWorld.night(number);
        NightWorld.open(database, night);
        var steps = new NightSteps(database, roots, night, clock);
        steps.list(world);
        world.resolve(night);
        steps.plan();
        world.call(night);
        steps.assess();
        steps.aggregate();
        steps.recordHistory();
        world.complete(night);
        return steps;
    }

    /** By table; with statistics and without waste, so that two schemas can be compared. */
    Map<String, TableUse> tables() {
        new JdbcTemplate(database.dataSource()).execute("VACUUM (ANALYZE)");
        RowMapper<TableUse> use = (row, _) -> new TableUse(
                row.getString("name"), row.getLong("table_size"), row.getLong("index_size"), row.getLong("row_count"));
        var tables = new LinkedHashMap<String, TableUse>();
        JdbcClient.create(database.dataSource())
                .sql(PlanShape.statement("storage/sizes.sql"))
                .query(use)
                .list()
                .forEach(each -> tables.put(each.table(), each));
        return tables;
    }

    /** The questions of the cookbook, about a domain and a mail host of this world. */
    List<Question> questions() {
        var jdbc = JdbcClient.create(database.dataSource());
        var asked = jdbc.sql(PlanShape.statement("storage/asked.sql"))
                .query((row, _) -> List.of(row.getString("domain"), row.getString("mx_host")))
                .single();
        return Cookbook.questions().stream()
                .map(question -> question.about(asked.getFirst(), asked.getLast()))
                .toList();
    }

    /** Asks, and reads the whole answer. */
    int rows(Question question) {
        return JdbcClient.create(database.dataSource())
                .sql(question.sql())
                .query((_, _) -> 1)
                .list()
                .size();
    }
}
