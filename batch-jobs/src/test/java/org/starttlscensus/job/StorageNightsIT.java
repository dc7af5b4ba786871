package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.starttlscensus.Cookbook.Question;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;

/** The generated nights that storage is measured by are nights: they fill the tables, and {@code pub} reads them. */
class StorageNightsIT {

    private static final int SERVERS = 400;
    private static final int NIGHTS = 3;

    /** What no generated night has: see {@link NightWorld}. Nobody asks for a check, a run, or other verdicts. */
    private static final Set<String> LEFT_EMPTY = Set.of(
            "abandoned_call",
            "address_standing",
            "asked_call",
            "assessed_server",
            "correction",
            "domain_revision",
            "known_change",
            "night_block",
            "night_conditions",
            "ocsp_response",
            "old_version_call",
            "opt_out",
            "opt_out_found",
            "opt_out_takedown",
            "opt_out_unanswered",
            "opt_out_wish",
            "provider_standing",
            "provider_word",
            "publication",
            "reassessment",
            "rejected_line",
            "run_request",
            "server_revision",
            "starttls_loss",
            "starttls_refusal",
            "trust_store_choice");

    /** Which questions no generated night answers. */
    private static final Set<String> WITHOUT_ANSWER =
            Set.of("certificates-that-expire-soon", "changes-of-the-last-week");

    @TempDir
    private static Path directory;

    private static Database database;
    private static StorageNights nights;
    private static JdbcTemplate jdbc;

    @BeforeAll
    static void run() {
        database = EmptyDatabase.in(directory);
        jdbc = new JdbcTemplate(database.dataSource());
        nights = new StorageNights(database, SERVERS, directory);
        for (int number = 1; number <= NIGHTS; number++) nights.run(number);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void fillsEveryTableButThoseThatNoNightNeeds() {
        assertEquals(
                LEFT_EMPTY,
                nights.tables().values().stream()
                        .filter(use -> use.rows() == 0)
                        .map(StorageNights.TableUse::table)
                        .collect(Collectors.toSet()));
    }

    /** Every night as many: one that passes no constraint would not be there at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "server",
                "domain",
                "adoption",
                "tls_version",
                "certificate_trend",
                "handshake",
                "server_chain",
                "politeness"
            })
    void everyNightCanBeRead(String view) {
        var rows = jdbc.queryForList(
                "SELECT count(*) FROM pub.%s GROUP BY night ORDER BY night".formatted(view), Long.class);
        assertEquals(NIGHTS, rows.size(), view);
        var first = rows.getFirst();
        assertTrue(rows.stream().allMatch(each -> Math.abs(each - first) < 0.2 * first), () -> view + " " + rows);
    }

    @Test
    void oneInAHundredChanges() {
        var share = jdbc.queryForList("""
                SELECT avg((later.outcome <> earlier.outcome)::integer)
                FROM pub.server AS later
                JOIN pub.server AS earlier USING (mx_host, ip)
                WHERE earlier.night = later.night - 1
                GROUP BY later.night""", Double.class);
        assertTrue(share.stream().allMatch(each -> each > 0 && each < 0.06), share::toString);
        var renewed = jdbc.queryForList("""
                SELECT count(*) FROM census.tls_profile
                JOIN (SELECT tls_profile_id, min(night) AS night FROM census.observation GROUP BY 1) AS first USING (tls_profile_id)
                GROUP BY first.night ORDER BY first.night""", Long.class);
        var later = renewed.stream().skip(1).mapToLong(Long::longValue).sum();
        assertTrue(later >= 1 && later <= 10, renewed::toString);
    }

    @Test
    void mostServersAnswerAsInTheRealWorld() {
        var ok = jdbc.queryForObject(
                "SELECT avg((outcome = 'starttls_ok')::integer) FROM pub.server WHERE night = '2031-01-03'",
                Double.class);
        assertTrue(ok != null && ok > 0.5 && ok < 0.95, () -> "" + ok);
    }

    static List<Question> questions() {
        return nights.questions();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void everyQuestionHasAnAnswer(Question question) {
        assertEquals(!WITHOUT_ANSWER.contains(question.name()), nights.rows(question) > 0, question.words());
    }
}
