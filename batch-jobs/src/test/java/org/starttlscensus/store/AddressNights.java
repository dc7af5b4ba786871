package org.starttlscensus.store;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/**
 * Nights of calls to a few names and addresses, told call by call. Each night is judged as the program does it: by the
 * statements that confirm "no STARTTLS", and by those that record what outlives the night.
 */
final class AddressNights {

    static final Duration GAP = Duration.ofMinutes(30);

    /** What one call shows. */
    enum Shown {
        HANDSHAKE("ok", "quit", "completed"),
        CLEAN("no_starttls", "ehlo", "replied"),
        TIMEOUT("other", "banner", "timed_out"),
        BLOCKED("blocked_reputation", "banner", "replied");

        private final String signal;
        private final String phase;
        private final String ending;

        Shown(String signal, String phase, String ending) {
            this.signal = signal;
            this.phase = phase;
            this.ending = ending;
        }
    }

    private final Database database;
    private final JdbcClient jdbc;
    private final Map<String, Long> endpoints = new HashMap<>();
    private LocalDate night = LocalDate.of(2031, 1, 1);

    AddressNights(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
        jdbc.sql("""
                TRUNCATE night, mail_host, endpoint, planned_call, permit, observation, old_version_call, abandoned_call,
                         server_night, asked_call,
                         assessed_server,
                         address_starttls, starttls_loss, starttls_refusal
                RESTART IDENTITY CASCADE""").update();
        open();
    }

    CensusNight night() {
        return new CensusNight(night);
    }

    private void open() {
        jdbc.sql("""
                INSERT INTO night (night, method_version, trust_store, opened_at)
                VALUES (:night, '1', 'test', :night::date + time '22:00')""").param("night", night).update();
        jdbc.sql("SELECT open_partitions(:night)::text")
                .param("night", night)
                .query(String.class)
                .single();
    }

    void tomorrow() {
        later(1);
    }

    void later(int nights) {
        night = night.plusDays(nights);
        open();
    }

    /** A call of tonight's plan, so many minutes after the night began. */
    void call(String host, String address, Shown shown, int minute) {
        var endpoint = endpoint(host, address);
        jdbc.sql("""
                INSERT INTO planned_call (night, endpoint_id, position, address, prefix, provider, provider_source,
                                          provider_rules, is_primary, is_implicit)
                VALUES (:night, :endpoint, :endpoint, :address::inet, '192.0.2.0/24', :provider, 'psl', 'test',
                       true, false)
                ON CONFLICT (night, endpoint_id) DO NOTHING""")
                .param("night", night)
                .param("endpoint", endpoint)
                .param("address", address)
                .param("provider", host)
                .update();
        record(endpoint, shown, minute);
    }

    /** The same, by as many calls as the program makes: one second look half an hour later at a clean one. */
    void callWithRetry(String host, String address, Shown first, Shown second) {
        call(host, address, first, 0);
        if (first == Shown.CLEAN) call(host, address, second, 40);
    }

    /** An on-demand call in tonight's ledger; beyond eight hours it is made by day. */
    void check(String host, String address, Shown shown, int minute) {
        var endpoint = endpoint(host, address);
        jdbc.sql("""
                INSERT INTO asked_call (night, endpoint_id, provider, asked_at)
                VALUES (:night, :endpoint, :provider, :night::date + time '22:00')""")
                .param("night", night)
                .param("endpoint", endpoint)
                .param("provider", host)
                .update();
        record(endpoint, shown, minute);
    }

    /** A call whose process died. */
    void abandon(String host, String address) {
        abandon(host, address, 10);
    }

    void abandon(String host, String address, int minute) {
        jdbc.sql("""
                INSERT INTO abandoned_call (endpoint_id, night, attempt, dial_before)
                VALUES (:endpoint, :night, 9, :night::date + time '22:00' + make_interval(mins => :minute))""")
                .param("minute", minute)
                .param("night", night)
                .param("endpoint", endpoint(host, address))
                .update();
    }

    /** A call of the old-version campaign, so many minutes after the night began. */
    void askOldVersion(String host, String address, int minute) {
        jdbc.sql("""
                INSERT INTO old_version_call (night, endpoint_id, attempt, reply_judgement_id, question, started_at, phase,
                                              ending)
                VALUES (:night, :endpoint, 8, 1, 'rc4', :night::date + time '22:00' + make_interval(mins => :minute),
                        'handshake', 'closed')""")
                .param("night", night)
                .param("endpoint", endpoint(host, address))
                .param("minute", minute)
                .update();
    }

    private long endpoint(String host, String address) {
        return endpoints.computeIfAbsent(host + " " + address, _ -> newEndpoint(host, address));
    }

    private long newEndpoint(String host, String address) {
        jdbc.sql("INSERT INTO mail_host (name) VALUES (:host) ON CONFLICT DO NOTHING")
                .param("host", host)
                .update();
        jdbc.sql("""
                INSERT INTO endpoint (mail_host_id, address)
                SELECT mail_host_id, :address::inet FROM mail_host WHERE name = :host
                ON CONFLICT DO NOTHING""").param("host", host).param("address", address).update();
        return jdbc.sql("""
                SELECT endpoint_id FROM endpoint JOIN mail_host USING (mail_host_id)
                WHERE name = :host AND address = :address::inet""")
                .param("host", host)
                .param("address", address)
                .query(Long.class)
                .single();
    }

    private void record(long endpoint, Shown shown, int minute) {
        jdbc.sql("""
                WITH made AS (
                    INSERT INTO permit (night, epoch, endpoint_id, attempt, patient, start_at, dial_before, started_at,
                                        ended_at, closed_at, signal)
                    SELECT :night, 1, :endpoint, 1 + count(earlier.permit_id), false, moment.at, moment.at + interval '10 s', moment.at,
                           moment.at, moment.at, :signal
                    FROM (SELECT :night::date + time '22:00' + make_interval(mins => :minute) AS at) AS moment
                    LEFT JOIN permit AS earlier ON earlier.night = :night AND earlier.endpoint_id = :endpoint
                    GROUP BY moment.at
                    RETURNING attempt, started_at
                )
                INSERT INTO observation (started_at, endpoint_id, night, call_settings_id, reply_judgement_id, phase, ending,
                                         received, tls_profile_id, attempt, is_clean_look, advertised, tls_unfinished)
                SELECT started_at, :endpoint, :night, 1, 1, :phase::call_phase, :ending::call_ending, 100,
                       CASE WHEN :finished THEN 1 END, attempt, :signal = 'no_starttls', :finished, false
                FROM made""")
                .param("night", night)
                .param("endpoint", endpoint)
                .param("minute", minute)
                .param("signal", shown.signal)
                .param("phase", shown.phase)
                .param("ending", shown.ending)
                .param("finished", shown == Shown.HANDSHAKE)
                .update();
    }

    /**
     * Judges the night, and records what outlives it.
     *
     * @return the outcome and flags of each name that the plan called
     */
    Map<String, String> judge() {
        jdbc.sql("""
                INSERT INTO assessed_server (night, endpoint_id, outcome, starttls, attempts, flags, method_version)
                SELECT :night, endpoint_id,
                       CASE WHEN bool_or(signal = 'ok') THEN 'starttls_ok'
                            WHEN bool_or(signal = 'no_starttls') THEN 'no_starttls_unconfirmed'
                            ELSE 'unreachable_timeout' END,
                       CASE WHEN bool_or(signal = 'ok') THEN true END, count(*), '{}', '1'
                FROM permit
                JOIN planned_call USING (night, endpoint_id)
                WHERE night = :night
                GROUP BY endpoint_id""").param("night", night).update();
        confirm();
        new AddressHistory(database).note(night());
        return verdicts();
    }

    /** Judges the whole past again, night by night, as a reassessment does: with all that is known by now. */
    List<Map<String, String>> judgeAgain() {
        var today = night;
        List<Map<String, String>> again = new ArrayList<>();
        for (var past : jdbc.sql("SELECT DISTINCT night FROM server_verdict ORDER BY 1")
                .query(LocalDate.class)
                .list()) {
            night = past;
            jdbc.sql("""
                    INSERT INTO assessed_server (night, endpoint_id, outcome, starttls, attempts, flags, method_version)
                    SELECT night, endpoint_id,
                           CASE WHEN outcome LIKE 'no_starttls%' THEN 'no_starttls_unconfirmed' ELSE outcome END,
                           CASE WHEN outcome NOT LIKE 'no_starttls%' THEN starttls END, attempts, '{}', method_version
                    FROM server_verdict
                    WHERE night = :night""").param("night", night).update();
            confirm();
            again.add(verdicts());
        }
        night = today;
        return again;
    }

    private void confirm() {
        new Verdicts(database).confirm(night(), GAP);
        new Filing(database).publish(night(), "1", night.atTime(23, 0).toInstant(ZoneOffset.UTC));
    }

    Map<String, String> verdicts() {
        Map<String, String> found = new TreeMap<>();
        jdbc.sql("""
                SELECT mail_host.name, concat_ws(' ', outcome, nullif(array_to_string(flags, ' '), '')) AS shown
                FROM server_verdict JOIN endpoint USING (endpoint_id) JOIN mail_host USING (mail_host_id)
                WHERE night = :night""").param("night", night).query(row -> {
            found.put(row.getString("name"), row.getString("shown"));
        });
        return found;
    }

    /** Every loss so far, in order: address, the nights on which it was suspected and ended, and how it ended. */
    List<String> losses() {
        return jdbc.sql("""
                SELECT concat_ws(' ', host(address), coalesce(suspected_night::text, '-'), ended_night::text,
                                 CASE is_lost WHEN true THEN 'lost' WHEN false THEN 'withdrawn' ELSE 'open' END)
                FROM starttls_loss ORDER BY last_handshake, address""").query(String.class).list();
    }

    /** Everything that is known of every address. */
    List<String> known() {
        return jdbc.sql("""
                SELECT (host(address), last_handshake, handshake_night, first_clean, last_clean, clean_since,
                        clean_since_night, last_overturned)::text
                FROM address_starttls ORDER BY address""").query(String.class).list();
    }
}
