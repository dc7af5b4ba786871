package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.PublishedRows;
import org.starttlscensus.store.PublishedTable;
import org.starttlscensus.store.WritableVerdicts;

/** A published night whose servers are judged again by other definitions, and what stays as it is. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NightJudgedAgainIT {

    private static final CensusNight SECOND = CensusNight.of("2030-01-02");

    @TempDir
    private static Path directory;

    private static LabNights nights;

    @BeforeAll
    static void runOneNightAndPlanAnother() throws Exception {
        nights = LabNights.afterFirstNight(directory);
        nights.plan(SECOND);
        WritableVerdicts.in(nights.database());
    }

    @AfterAll
    static void closeEverything() throws Exception {
        if (nights != null) nights.close();
    }

    /** The servers of the first night by a version. */
    private static Map<String, String> servers(String version) throws SQLException {
        return nights.pairs("""
                SELECT endpoint_id, concat_ws(' ', outcome, coalesce(starttls::text, '-'), chain,
                                              chain_with_known_intermediates, name_match, attempts, observed_at, detail)
                FROM census.server_verdict_by_version
                WHERE night = '2030-01-01' AND method_version = '%s'""".formatted(version));
    }

    /** As if another version had judged the night and nobody had judged it again. */
    private static void pretendItWasJudgedBy(String version) throws SQLException {
        nights.execute("DELETE FROM census.server_revision");
        nights.execute("DELETE FROM census.night_version WHERE NOT is_published");
        nights.execute("UPDATE census.night_version SET method_version = '%s'".formatted(version));
    }

    /** SHA-256 of each file of the first night, if it is published now. */
    private static Map<String, String> files() {
        var rows = new PublishedRows(nights.database());
        var digests = new TreeMap<String, String>();
        for (var table : PublishedTable.values()) {
            var lines = new StringBuilder(String.join(",", table.columns()));
            rows.each(table, LabNights.FIRST, 25, row -> lines.append('\n').append(row));
            digests.put(
                    table.file(),
                    Octets.of(lines.toString()).sha256().hex() + " "
                            + lines.chars().filter(one -> one == '\n').count());
        }
        return digests;
    }

    @Test
    @Order(5)
    void whatWasPublishedStaysWhateverIsJudgedAgain() throws SQLException {
        var judged = servers(MethodVersion.VERSION);
        nights.execute(
                "UPDATE census.server_verdict SET method_version = '2020-01', chain = 'expired', name_match = 'mismatch' "
                        + "WHERE night = '2030-01-01' AND chain IS NOT NULL");
        nights.execute("UPDATE census.server_verdict SET outcome = 'no_starttls_unconfirmed', starttls = NULL "
                + "WHERE night = '2030-01-01' AND outcome = 'no_starttls'");
        var published = servers("2020-01");
        var files = files();
        var result = nights.reassess(LabNights.FIRST);
        assertEquals(List.of(LabNights.FIRST), result.nights());
        assertEquals(
                List.of(0L, 0L, 0L),
                result.stores().stream()
                        .map(Reassessment.TrustStoreResult::changed)
                        .toList());
        assertEquals("", LabNights.differences(judged, servers(MethodVersion.VERSION)));
        assertEquals("", LabNights.differences(published, servers("2020-01")));
        assertEquals(files, files());
        assertEquals(List.of(), nights.reassess(LabNights.FIRST).nights(), "it is judged by this version");
    }

    @Test
    @Order(6)
    void onlyWhatDiffersIsStoredAgain() throws SQLException {
        var published = servers("2020-01");
        var different = new TreeMap<>(servers(MethodVersion.VERSION));
        different.entrySet().removeIf(server -> server.getValue().equals(published.get(server.getKey())));
        assertEquals(
                different.keySet(),
                nights.pairs("SELECT endpoint_id, method_version FROM census.server_revision")
                        .keySet());
        assertEquals(Map.of("2020-01", "true false", MethodVersion.VERSION, "false true"), nights.pairs("""
                        SELECT method_version, concat_ws(' ', bool_and(is_published)::text, bool_or(is_revised)::text)
                        FROM pub.server_by_version WHERE night = '2030-01-01' GROUP BY method_version"""));
        assertEquals(
                nights.pairs("SELECT mx_host || ip, chain FROM pub.server WHERE night = '2030-01-01'"),
                nights.pairs("SELECT mx_host || ip, chain FROM pub.server_by_version "
                        + "WHERE night = '2030-01-01' AND method_version = '2020-01'"));
    }

    /** A night of the lab, whose looks are seconds apart, judged again under settings that ask for half an hour. */
    @Test
    @Order(7)
    void todaysSettingsChangeNoVerdict() throws SQLException {
        WritableVerdicts.publish(nights.database(), LabNights.FIRST, MethodVersion.VERSION);
        var before = servers(MethodVersion.VERSION);
        assertTrue(before.values().stream().anyMatch(shown -> shown.startsWith("no_starttls false")), before::toString);
        assertTrue(
                before.values().stream().anyMatch(shown -> shown.startsWith("starttls_refused true")),
                before::toString);
        pretendItWasJudgedBy("2020-02");
        var usual = SettingsReader.read(List.of(), Optional.empty(), Map.of());
        assertEquals(
                List.of(LabNights.FIRST),
                nights.reassess(LabNights.FIRST, usual).nights());
        assertEquals("", LabNights.differences(before, servers(MethodVersion.VERSION)));
        assertEquals(Map.of(), nights.pairs("SELECT endpoint_id, method_version FROM census.server_revision"));
    }

    /** Calls that somebody asked for when the night was over say nothing about that night's verdicts. */
    @Test
    @Order(8)
    void laterCallsAreNotJudgedWithIt() throws SQLException {
        pretendItWasJudgedBy("2020-02");
        nights.execute("""
                CREATE TABLE later AS SELECT * FROM census.observation WHERE night = '2030-01-01' AND attempt = 1
                  AND tls_profile_id IS NOT NULL AND NOT tls_unfinished""");
        nights.execute("UPDATE later SET attempt = 9, tls_profile_id = NULL, phase = 'connect', ending = 'timed_out', "
                + "dialogue_id = NULL, started_at = started_at + interval '1 day'");
        nights.execute("INSERT INTO census.observation SELECT * FROM later");
        nights.reassess(LabNights.FIRST);
        assertEquals(Map.of(), nights.pairs("SELECT endpoint_id, method_version FROM census.server_revision"));
        nights.execute("DELETE FROM census.observation WHERE attempt = 9");
    }

    /** Nothing is half judged. */
    @ParameterizedTest
    @MethodSource("whatCanBeMissing")
    @Order(9)
    void aNightThatCannotBeJudgedWholeIsLeftAsItIs(
            Reassessment.SkipReason reason, List<String> take, List<String> giveBack) throws SQLException {
        pretendItWasJudgedBy("2020-03");
        var before = servers("2020-03");
        for (var statement : take) nights.execute(statement);
        var result = nights.reassess(LabNights.FIRST);
        for (var statement : giveBack) nights.execute(statement);
        assertEquals(List.of(), result.nights());
        assertEquals(
                List.of(
                        new Reassessment.SkippedNight(LabNights.FIRST, reason),
                        new Reassessment.SkippedNight(SECOND, Reassessment.SkipReason.NOT_COMPLETE)),
                result.skipped());
        assertEquals("", LabNights.differences(before, servers("2020-03")));
        assertEquals(Map.of(), servers(MethodVersion.VERSION));
    }

    static Stream<Arguments> whatCanBeMissing() {
        return Stream.of(
                // an earlier version opened it: nobody knows by what gap its looks confirm each other
                Arguments.of(
                        Reassessment.SkipReason.CONDITIONS_UNKNOWN,
                        List.of(
                                "CREATE TABLE kept AS SELECT * FROM census.night_conditions",
                                "DELETE FROM census.night_conditions"),
                        List.of("INSERT INTO census.night_conditions SELECT * FROM kept")),
                Arguments.of(
                        Reassessment.SkipReason.LEDGER_GONE,
                        List.of("ALTER TABLE census.raw_reply DETACH PARTITION census.raw_reply_2030_01"),
                        List.of("ALTER TABLE census.raw_reply ATTACH PARTITION census.raw_reply_2030_01 "
                                + "FOR VALUES FROM ('2030-01-01') TO ('2030-02-01')")),
                // its looks may have been spoken against by permits of the month before
                Arguments.of(
                        Reassessment.SkipReason.LEDGER_GONE,
                        List.of("INSERT INTO census.night (night, method_version, trust_store, opened_at, "
                                + "contacts_pruned_at) VALUES ('2029-11-30', '1', '1', now(), now())"),
                        List.of("DELETE FROM census.night WHERE night = '2029-11-30'")),
                Arguments.of(
                        Reassessment.SkipReason.FACTS_MISSING,
                        List.of(
                                "CREATE TABLE said AS SELECT * FROM census.dialogue ORDER BY dialogue_id LIMIT 1",
                                "DELETE FROM census.dialogue WHERE dialogue_id = (SELECT dialogue_id FROM said)"),
                        List.of("INSERT INTO census.dialogue OVERRIDING SYSTEM VALUE SELECT * FROM said")),
                Arguments.of(
                        Reassessment.SkipReason.TRUST_STORE_UNKNOWN,
                        List.of("UPDATE census.night SET trust_store = 'nobody'"),
                        List.of(
                                "UPDATE census.night SET trust_store = (SELECT trust_store FROM census.night_version)")));
    }
}
