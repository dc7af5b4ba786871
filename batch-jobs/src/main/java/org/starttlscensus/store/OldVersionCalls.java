package org.starttlscensus.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;

/**
 * Tables {@code old_version_call} and {@code old_version_answer}: the calls of the old-version campaign, apart from the
 * observations that servers are judged by, and what they add up to.
 */
public final class OldVersionCalls {

    private final Database database;
    private final JdbcClient jdbc;
    private final ReplyJudgements judgements;

    public OldVersionCalls(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
        this.judgements = new ReplyJudgements(database);
    }

    /**
     * Stores the results of calls. A call that is already stored stays unchanged. Call this in the transaction that
     * closes the permits.
     *
     * @throws IllegalStateException if another call stands under the same server, night and attempt
     */
    public void save(CensusNight night, List<SeenCall> calls) {
        if (calls.isEmpty()) return;
        judgements.save(calls);
        int stored = ReplyJudgements.with(jdbc.sql(Sql.named("observation/add_old_versions")), calls)
                .param("night", night.date())
                .param(
                        "endpoint_ids",
                        calls.stream()
                                .mapToLong(call -> call.permit().endpointId())
                                .toArray())
                .param(
                        "attempts",
                        calls.stream().mapToInt(call -> call.permit().attempt()).toArray())
                .param(
                        "questions",
                        Columns.texts(
                                calls,
                                call -> Optional.of(call.permit().probeKind().label())))
                .param("offer_ids", texts(calls, CallSettings::offer))
                .param(
                        "started",
                        texts(calls, seen -> Optional.of(seen.startedAt().toString())))
                .param("phases", texts(calls, seen -> Optional.of(seen.phase().label())))
                .param("endings", texts(calls, seen -> Optional.of(seen.ending().label())))
                .param(
                        "handshake_us",
                        Columns.numbers(
                                calls, call -> PhaseTimes.microseconds(call.observation(), CallPhase.HANDSHAKE)))
                .param(
                        "tls_versions",
                        texts(
                                calls,
                                seen -> seen.tls()
                                        .map(session -> session.version().label())))
                .param("cipher_suites", texts(calls, seen -> seen.tls().map(TlsSession::cipherSuite)))
                .param("key_exchange_groups", texts(calls, seen -> seen.tls().flatMap(TlsSession::keyExchangeGroup)))
                .param(
                        "tls_failures",
                        texts(
                                calls,
                                seen -> seen.tlsFailure()
                                        .map(failure -> failure.detail().label())))
                .param(
                        "broke_after",
                        texts(
                                calls,
                                seen -> seen.tlsFailure()
                                        .flatMap(TlsFailure::after)
                                        .map(HandshakeMessage::label)))
                .param(
                        "alert_received",
                        Columns.flags(calls, call -> alert(call).map(TlsAlert::received)))
                .param("alert_codes", Columns.numbers(calls, call -> alert(call).map(TlsAlert::code)))
                .param(
                        "alert_names",
                        texts(
                                calls,
                                seen -> seen.tlsFailure()
                                        .flatMap(TlsFailure::alert)
                                        .map(TlsAlert::name)))
                .update();
        Observations.requireAllStored(night, calls.size(), stored);
    }

    /** Stores what each server of the night's sample answered, in one transaction. The night's servers must be judged. */
    public void aggregate(CensusNight night) {
        database.transactions().executeWithoutResult(_ -> {
            for (var statement : List.of("old_version/clear", "old_version/add"))
                jdbc.sql(Sql.named(statement)).param("night", night.date()).update();
        });
    }

    private static Optional<TlsAlert> alert(SeenCall call) {
        return call.observation().tlsFailure().flatMap(TlsFailure::alert);
    }

    private static String[] texts(List<SeenCall> calls, Function<Observation, Optional<String>> text) {
        return Columns.texts(calls, call -> text.apply(call.observation()));
    }
}
