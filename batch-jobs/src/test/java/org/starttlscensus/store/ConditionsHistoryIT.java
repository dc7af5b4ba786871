package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Octets;

/** How a night was measured, as it is kept with the night. */
@ExtendWith(EmptyDatabaseExtension.class)
class ConditionsHistoryIT {

    private static final CensusNight NIGHT = CensusNight.of("2031-02-05");
    private static final Instant OPENED = Instant.parse("2031-02-05T22:00:00Z");

    private static Database database;

    private final ConditionsHistory history = new ConditionsHistory(database);

    private static NightConditions conditions(Duration gap, String program) {
        return new NightConditions(
                true,
                0.002,
                0.1,
                2525,
                gap,
                List.of("offer-b", "small-b"),
                "offer-a",
                50,
                "2031-02-01/01020304",
                Octets.of("providers").sha256(),
                "7",
                program);
    }

    @BeforeEach
    void open() {
        new Contacts(database).clear();
        new Nights(database).open(NIGHT, "1", "roots", OPENED);
    }

    @Test
    void aNightThatDidNotKeepThemHasNone() {
        assertEquals(Optional.empty(), history.atOpening(NIGHT));
    }

    @Test
    void theOpeningCountsWhateverLaterRunsHave() {
        var opening = conditions(Duration.ofMillis(3_600), "1.0");
        history.add(NIGHT, opening, OPENED);
        history.add(NIGHT, conditions(Duration.ofMillis(3_600), "1.1"), OPENED.plusSeconds(60));
        assertEquals(Optional.of(opening), history.atOpening(NIGHT));
        assertEquals(List.of("1.0", "1.1"), programs());
    }

    @Test
    void aRunThatMeasuresAsBeforeAddsNothing() {
        var odd = conditions(Duration.ofNanos(3_600_000_001L), "1.0");
        for (int i = 0; i < 3; i++) history.add(NIGHT, odd, OPENED.plusSeconds(i));
        assertEquals(List.of("1.0"), programs());
        history.add(NIGHT, conditions(Duration.ofMillis(3_600), "1.0"), OPENED);
        history.add(NIGHT, odd, OPENED);
        assertEquals(List.of("1.0", "1.0", "1.0"), programs(), "there and back");
    }

    /** An earlier version of the program planned it, so how it began is unknown. */
    @Test
    void aNightThatWasPlannedWithoutThemGetsNone() {
        database.jdbc().sql("""
                WITH host AS (INSERT INTO mail_host (name) VALUES ('mx.plan.test') RETURNING mail_host_id),
                server AS (
                    INSERT INTO endpoint (mail_host_id, address) SELECT mail_host_id, '192.0.2.1' FROM host
                    RETURNING endpoint_id
                )
                INSERT INTO planned_call (night, endpoint_id, position, address, prefix, provider, provider_source,
                                          provider_rules, is_primary, is_implicit)
                SELECT :night, endpoint_id, 1, '192.0.2.1', '192.0.2.0/24', 'plan.test', 'psl', 'test', true, false
                FROM server""").param("night", NIGHT.date()).update();
        history.add(NIGHT, conditions(Duration.ofSeconds(1), "1.0"), OPENED);
        assertEquals(Optional.empty(), history.atOpening(NIGHT));
    }

    /** The share may be changed, and the program too, while a night is interrupted. */
    @Test
    void aNightKeepsTheOfferThatItBeganWithAndNotesTheOther() {
        var nights = new Nights(database);
        nights.measureBy(NIGHT, "offer-b", "offer-a", 0);
        assertEquals("offer-b - 0", offers());
        nights.measureBy(NIGHT, "offer-b", "offer-a", 20);
        nights.measureBy(NIGHT, "offer-b", "offer-a", 0);
        assertEquals("offer-b offer-a 20", offers());
        nights.measureBy(NIGHT, "offer-a", "offer-z", 0);
        assertEquals("offer-b offer-a 50", offers());
        new Contacts(database).clear();
        nights.open(NIGHT, "1", "roots", OPENED);
        nights.measureBy(NIGHT, "offer-b", "offer-a", 0);
        nights.measureBy(NIGHT, "offer-c", "offer-b", 0);
        assertEquals("offer-b offer-c 50", offers());
    }

    private static String offers() {
        return database.jdbc()
                .sql("SELECT concat_ws(' ', offer_id, coalesce(previous_offer_id, '-'), "
                        + "coalesce(previous_offer_percent, 0)) FROM night")
                .query(String.class)
                .single();
    }

    /** The gap is a minimum, so a finer one is not rounded down. */
    @Test
    void aGapIsKeptToTheMicrosecond() {
        history.add(NIGHT, conditions(Duration.ofNanos(1_234_567_801L), "1.0"), OPENED);
        assertEquals(
                Duration.ofNanos(1_234_568_000L),
                history.atOpening(NIGHT).orElseThrow().confirmationGap());
    }

    @Test
    void aNightThatWasNotOpenedGetsNone() {
        history.add(CensusNight.of("2031-02-06"), conditions(Duration.ofSeconds(1), "1.0"), OPENED);
        assertEquals(List.of(), programs());
    }

    @Test
    void researchersSeeThem() {
        database.jdbc().sql("""
                WITH edition AS (
                    INSERT INTO list_edition (list_id, sha256, file, bytes, lines, accepted, rejected, blank,
                                              duplicates, read_at, text_bytes)
                    VALUES ('panel', sha256('panel'), 'panel.csv', 1, 1, 1, 0, 0, 0, :now, 1)
                    RETURNING list_edition_id
                )
                INSERT INTO night_list SELECT '2031-02-05', list_edition_id, 1 FROM edition""").param("now", Times.of(OPENED)).update();
        assertEquals(List.of("- - - panel -"), shown());
        history.add(NIGHT, conditions(Duration.ofMillis(3_600), "1.0"), OPENED);
        assertEquals(List.of("true 3.600000 {offer-b,small-b} panel false"), shown());
        history.add(NIGHT, conditions(Duration.ofMillis(3_600), "1.1"), OPENED.plusSeconds(60));
        assertEquals(List.of("true 3.600000 {offer-b,small-b} panel true"), shown());
        var nights = new Nights(database);
        for (var percent : List.of(0, 20)) {
            nights.measureBy(NIGHT, "offer-b", "offer-a", percent);
            assertEquals(
                    percent == 0 ? "- 0" : "offer-a 20",
                    database.jdbc()
                            .sql("SELECT coalesce(previous_offer, '-') || ' ' || previous_offer_percent FROM pub.night")
                            .query(String.class)
                            .single(),
                    "whatever share it was opened with");
        }
        assertEquals(
                List.of(Octets.of("providers").sha256().toString()),
                database.jdbc()
                        .sql("SELECT DISTINCT provider_rules_sha256 FROM pub.night_conditions")
                        .query(String.class)
                        .list());
    }

    private static List<String> shown() {
        return database.jdbc().sql("""
                SELECT concat_ws(' ', coalesce(is_lab::text, '-'), coalesce(confirmation_gap_s::text, '-'),
                                 coalesce(offers::text, '-'), split_part(lists[1], ' ', 1),
                                 coalesce(has_changed_conditions::text, '-'))
                FROM pub.night""").query(String.class).list();
    }

    private static List<String> programs() {
        return database.jdbc()
                .sql("SELECT program_version FROM night_conditions ORDER BY ordinal")
                .query(String.class)
                .list();
    }
}
