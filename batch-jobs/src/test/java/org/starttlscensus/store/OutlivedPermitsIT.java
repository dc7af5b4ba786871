package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.starttlscensus.GrantedPermits;
import org.starttlscensus.JudgedCalls;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.fact.ProbeKind;

/** What is known of calls when their permits and raw replies were dropped. */
@ExtendWith(EmptyDatabaseExtension.class)
class OutlivedPermitsIT {

    private static final Instant NOW = org.starttlscensus.Observations.NIGHT;

    private static Database database;
    private static CensusNight night = CensusNight.of("2030-01-01");

    @BeforeEach
    void nextNight() {
        night = new CensusNight(night.date().plusDays(1));
        database.jdbc()
                .sql("TRUNCATE observation, old_version_call, abandoned_call")
                .update();
        PlannedNight.in(database, night, 5, 5);
    }

    private static long permit(long endpoint, int attempt) {
        var chosen = new Permits.Chosen(endpoint, attempt, false, ProbeKind.STANDARD, NOW, NOW.plusSeconds(10));
        return GrantedPermits.commit(new Permits(database), new Nights(database).takeOver(night), List.of(chosen))
                .get(endpoint)
                .permitId();
    }

    private static SeenCall call(long endpoint, int attempt, ProbeKind kind, Observation seen) {
        return JudgedCalls.of(
                new Permit(
                        permit(endpoint, attempt),
                        endpoint,
                        seen.endpoint(),
                        seen.source(),
                        "p.test",
                        attempt,
                        false,
                        kind,
                        NOW,
                        NOW.plusSeconds(10)),
                seen);
    }

    private static void save(long endpoint, int attempt, Observation seen) {
        var call = call(endpoint, attempt, ProbeKind.STANDARD, seen);
        database.transactions()
                .executeWithoutResult(_ -> new Observations(database).save(night, List.of(call), List.of()));
    }

    private static void abandon(long permit) {
        database.jdbc()
                .sql(Sql.named("permit/abandon"))
                .param("night", night.date())
                .param("permit_ids", new long[] {permit})
                .param("now", Times.of(NOW.plusSeconds(600)))
                .update();
    }

    private static void dropTheSeason() {
        database.jdbc().sql("TRUNCATE permit, planned_call, raw_reply").update();
    }

    private static List<String> found(String sql) {
        return database.jdbc().sql(sql).query(String.class).list();
    }

    private static final String CONTACTS = """
            SELECT concat_ws(' ', endpoint_id, attempt, coalesce((started_at AT TIME ZONE 'UTC')::time::text, 'unknown'),
                             CASE WHEN is_clean_look THEN 'clean' END)
            FROM contact WHERE is_dialled ORDER BY endpoint_id, attempt""";

    @Test
    void classRuleAndCodeOfTheReplyThatDecidedAreKnown() {
        save(
                1,
                1,
                org.starttlscensus.Observations.replied(
                                CallPhase.BANNER,
                                "554 5.7.1 Service unavailable; client host blocked using a blocklist")
                        .build());
        save(
                2,
                1,
                org.starttlscensus.Observations.replied(CallPhase.EHLO, org.starttlscensus.Observations.FULL)
                        .build());
        save(
                3,
                1,
                org.starttlscensus.Observations.ended(CallPhase.CONNECT, Ending.TIMED_OUT)
                        .build());
        dropTheSeason();
        assertEquals(List.of("1 blocked_reputation 554", "2 no_starttls 250 clean", "3 other"), found("""
                        SELECT concat_ws(' ', endpoint_id, class, reply_code, CASE WHEN is_clean_look THEN 'clean' END)
                        FROM observation JOIN reply_judgement USING (reply_judgement_id)
                        JOIN call_settings USING (call_settings_id)
                        WHERE question = 'standard' AND ehlo_name <> '' AND rule <> ''
                        ORDER BY endpoint_id"""));
    }

    @Test
    void everyContactIsKnown() {
        save(
                1,
                1,
                org.starttlscensus.Observations.replied(CallPhase.EHLO, org.starttlscensus.Observations.FULL)
                        .build());
        var asked = call(
                1,
                2,
                ProbeKind.RC4,
                org.starttlscensus.Observations.ended(CallPhase.HANDSHAKE, Ending.CLOSED)
                        .startedAt(NOW.plusSeconds(3_600))
                        .build());
        new OldVersionCalls(database).save(night, List.of(asked));
        abandon(permit(2, 1));
        save(
                3,
                1,
                org.starttlscensus.Observations.ended(CallPhase.CONNECT, Ending.NOT_CALLABLE)
                        .build());
        dropTheSeason();
        assertEquals(List.of("1 1 22:00:00 clean", "1 2 23:00:00", "2 1 unknown"), found(CONTACTS));
    }

    /** A process that was only suspended reports its call when it goes on. */
    @Test
    void anAbandonedCallThatIsReportedAfterAllIsOneContact() {
        abandon(permit(1, 1));
        assertEquals(List.of("1 1 unknown"), found(CONTACTS));
        var seen = org.starttlscensus.Observations.replied(CallPhase.EHLO, org.starttlscensus.Observations.FULL)
                .build();
        var late = JudgedCalls.of(
                new Permit(1, 1, seen.endpoint(), seen.source(), "p.test", 1, false, ProbeKind.STANDARD, NOW, NOW),
                seen);
        database.transactions()
                .executeWithoutResult(_ -> new Observations(database).save(night, List.of(late), List.of()));
        assertEquals(List.of("1 1 22:00:00 clean"), found(CONTACTS));
    }

    @Test
    void callsThatWereMadeAlikeShareTheirSettings() {
        database.jdbc().sql("TRUNCATE call_settings, reply_judgement").update();
        for (int endpoint = 1; endpoint <= 5; endpoint++) {
            save(
                    endpoint,
                    1,
                    org.starttlscensus.Observations.replied(CallPhase.EHLO, org.starttlscensus.Observations.FULL)
                            .build());
        }
        assertEquals(List.of("1 1"), found("""
                SELECT (SELECT count(*) FROM call_settings) || ' ' || (SELECT count(*) FROM reply_judgement)"""));
    }
}
