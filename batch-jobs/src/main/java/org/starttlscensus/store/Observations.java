package org.starttlscensus.store;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Certificate;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.OcspResponse;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;

/**
 * Table {@code observation}, with what it leads to: {@link Dialogues}, {@link TlsProfiles}, {@link CallSettings} and
 * {@link ReplyJudgements}. Text from peers is stored as bytes, because PostgreSQL's {@code text} cannot hold all of it.
 */
public final class Observations {

    private final JdbcClient jdbc;
    private final Dialogues dialogues;
    private final TlsProfiles profiles;
    private final CallSettings settings;
    private final ReplyJudgements judgements;

    public Observations(Database database) {
        this.jdbc = database.jdbc();
        this.dialogues = new Dialogues(database);
        this.profiles = new TlsProfiles(database);
        this.settings = new CallSettings(database);
        this.judgements = new ReplyJudgements(database);
    }

    /** Those of these certificates (SHA-256) that are already stored. */
    public Set<Octets> knownCertificates(Set<Octets> sha256s) {
        return new HashSet<>(jdbc.sql(Sql.named("observation/known_certificates"))
                .param("sha256s", sha256s.stream().map(Octets::toArray).toArray(byte[][]::new))
                .query((row, _) -> Octets.of(row.getBytes("sha256")))
                .list());
    }

    /**
     * Stores the observations of calls. A call that is already stored stays unchanged. Call this in the transaction
     * that closes the permits.
     *
     * @throws IllegalStateException if another call stands under the same server, night and attempt
     * @param read the certificates that may be new, parsed as far as possible
     */
    public void save(CensusNight night, List<SeenCall> calls, List<Certificate> read) {
        profiles.save(
                calls.stream()
                        .flatMap(call -> call.observation().shown().stream())
                        .toList(),
                read);
        dialogues.save(night, calls);
        settings.save(calls);
        judgements.save(calls);
        int stored = ReplyJudgements.with(CallSettings.with(jdbc.sql(Sql.named("observation/add")), calls), calls)
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
                        "started",
                        texts(calls, seen -> Optional.of(seen.startedAt().toString())))
                .param("phases", texts(calls, seen -> Optional.of(seen.phase().label())))
                .param("endings", texts(calls, seen -> Optional.of(seen.ending().label())))
                .param("connect_us", microseconds(calls, CallPhase.CONNECT))
                .param("banner_us", microseconds(calls, CallPhase.BANNER))
                .param("ehlo_us", microseconds(calls, CallPhase.EHLO))
                .param("starttls_us", microseconds(calls, CallPhase.STARTTLS))
                .param("handshake_us", microseconds(calls, CallPhase.HANDSHAKE))
                .param("after_tls_us", microseconds(calls, CallPhase.AFTER_TLS))
                .param("quit_us", microseconds(calls, CallPhase.QUIT))
                .param("ehlos", Dialogues.replies(calls, Observation::ehlo))
                .param("helos", Dialogues.replies(calls, Observation::helo))
                .param("advertised", flags(calls, seen -> Optional.of(seen.advertised())))
                .param("starttls", Dialogues.replies(calls, Observation::starttls))
                .param("after_tls", Dialogues.replies(calls, Observation::afterTls))
                .param(
                        "received",
                        calls.stream()
                                .mapToInt(call -> call.observation().received())
                                .toArray())
                .param(
                        "profiles",
                        calls.stream()
                                .map(call -> call.observation()
                                        .shown()
                                        .map(session -> TlsProfiles.key(session).toArray())
                                        .orElse(null))
                                .toArray(byte[][]::new))
                .param(
                        "tls_unfinished",
                        flags(
                                calls,
                                seen -> Optional.of(
                                        seen.tls().isEmpty() && seen.shown().isPresent())))
                .param(
                        "tls_failures",
                        texts(
                                calls,
                                seen -> seen.tlsFailure()
                                        .map(failure -> failure.detail().label())))
                .param("alert_received", flags(calls, seen -> alert(seen).map(TlsAlert::received)))
                .param(
                        "alert_codes",
                        Columns.numbers(calls, call -> alert(call.observation()).map(TlsAlert::code)))
                .param("alert_names", texts(calls, seen -> alert(seen).map(TlsAlert::name)))
                .param(
                        "client_certificate_requested",
                        flags(calls, seen -> seen.tlsFailure().map(TlsFailure::clientCertificateRequested)))
                .param("details", texts(calls, PhaseTimes::detail))
                .param(
                        "broke_after",
                        texts(
                                calls,
                                seen -> seen.tlsFailure()
                                        .flatMap(TlsFailure::after)
                                        .map(HandshakeMessage::label)))
                .param(
                        "ocsp_responses",
                        calls.stream()
                                .map(call -> staple(call.observation())
                                        .map(der -> der.sha256().toArray())
                                        .orElse(null))
                                .toArray(byte[][]::new))
                .update();
        requireAllStored(night, calls.size(), stored);
    }

    static void requireAllStored(CensusNight night, int calls, int stored) {
        if (stored == calls) return;
        throw new IllegalStateException("""
                night %s: %d of %d calls cannot be stored, because other calls are stored under the same server and \
                attempt. None of these %d is stored.\
                """.formatted(night, calls - stored, calls, calls));
    }

    /** Stores stapled OCSP responses, parsed as far as possible. Call this with {@link #save}, in one transaction. */
    public void saveStaples(List<OcspResponse> read) {
        profiles.saveStaples(read);
    }

    private static Optional<Octets> staple(Observation seen) {
        return seen.shown().flatMap(session -> session.traits().stapledOcsp());
    }

    private static Optional<TlsAlert> alert(Observation seen) {
        return seen.tlsFailure().flatMap(TlsFailure::alert);
    }

    private static Integer[] microseconds(List<SeenCall> calls, CallPhase phase) {
        return Columns.numbers(calls, call -> PhaseTimes.microseconds(call.observation(), phase));
    }

    private static String[] texts(List<SeenCall> calls, Function<Observation, Optional<String>> text) {
        return Columns.texts(calls, call -> text.apply(call.observation()));
    }

    private static Boolean[] flags(List<SeenCall> calls, Function<Observation, Optional<Boolean>> flag) {
        return Columns.flags(calls, call -> flag.apply(call.observation()));
    }
}
