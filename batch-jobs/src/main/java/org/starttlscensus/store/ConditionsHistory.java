package org.starttlscensus.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Octets;

/** Table {@code night_conditions}. */
public final class ConditionsHistory {

    private static final int MICROSECONDS = 6;

    private final JdbcClient jdbc;

    public ConditionsHistory(Database database) {
        this.jdbc = database.jdbc();
    }

    /** Records how the night is measured from now on, unless it was measured so before. The caller holds the run lock. */
    public void add(CensusNight night, NightConditions conditions, Instant now) {
        jdbc.sql(Sql.named("conditions/add"))
                .param("night", night.date())
                .param("now", Times.of(now))
                .param("is_lab", conditions.isLab())
                .param("time_scale", conditions.timeScale())
                .param("patience_scale", conditions.patienceScale())
                .param("port", conditions.port())
                .param(
                        "confirmation_gap_s",
                        BigDecimal.valueOf(conditions.confirmationGap().toNanos() / 1_000, MICROSECONDS))
                .param("offers", conditions.offers().toArray(String[]::new))
                .param("previous_offer", conditions.previousOffer())
                .param("previous_offer_percent", conditions.previousOfferPercent())
                .param("provider_rules", conditions.providerRules())
                .param("provider_rules_sha256", conditions.providerRulesSha256().toArray())
                .param("reply_rules", conditions.replyRules())
                .param("program_version", conditions.programVersion())
                .update();
    }

    /** How the night was measured when it was opened; empty for nights before that was kept. */
    public Optional<NightConditions> atOpening(CensusNight night) {
        return jdbc.sql(Sql.named("conditions/opening"))
                .param("night", night.date())
                .query(ConditionsHistory::conditions)
                .optional();
    }

    private static NightConditions conditions(ResultSet row, int number) throws SQLException {
        return new NightConditions(
                row.getBoolean("is_lab"),
                row.getDouble("time_scale"),
                row.getDouble("patience_scale"),
                row.getInt("port"),
                Duration.ofNanos(row.getBigDecimal("confirmation_gap_s")
                        .movePointRight(9)
                        .longValueExact()),
                List.of((String[]) row.getArray("offers").getArray()),
                row.getString("previous_offer"),
                row.getInt("previous_offer_percent"),
                row.getString("provider_rules"),
                Octets.of(row.getBytes("provider_rules_sha256")),
                row.getString("reply_rules"),
                row.getString("program_version"));
    }
}
