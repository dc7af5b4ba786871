package org.starttlscensus.store;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/** The plan and the ledger of a night, by provider. */
public final class SeenProviders {

    private final JdbcClient jdbc;

    public SeenProviders(Database database) {
        this.jdbc = database.jdbc();
    }

    /** Providers with the most calls first. */
    public List<SeenProvider> of(CensusNight night) {
        Map<String, Map<String, Long>> answers = new HashMap<>();
        jdbc.sql(Sql.named("provider/answers")).param("night", night.date()).query(row -> {
            answers.computeIfAbsent(row.getString("provider"), _ -> new LinkedHashMap<>())
                    .put(row.getString("class"), row.getLong("replies"));
        });
        return jdbc.sql(Sql.named("provider/seen"))
                .param("night", night.date())
                .query((row, _) -> new SeenProvider(
                                row.getString("provider"),
                                row.getLong("servers"),
                                row.getLong("left_alone"),
                                row.getLong("calls"),
                                row.getLong("open"),
                                Times.read(row, "last_at"),
                                Map.of())
                        .with(answers.getOrDefault(row.getString("provider"), Map.of())))
                .list();
    }
}
