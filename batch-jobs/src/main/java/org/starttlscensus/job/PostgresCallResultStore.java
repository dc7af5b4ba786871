package org.starttlscensus.job;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Certificate;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.OcspResponse;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.ledger.CallResultStore;
import org.starttlscensus.ledger.FinishedCall;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Observations;
import org.starttlscensus.store.OldVersionCalls;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.SeenCall;
import org.starttlscensus.tls.CertificateReader;
import org.starttlscensus.tls.OcspResponseReader;

/**
 * Stores what calls showed and closes their permits, in one transaction. While the database is away the transaction
 * is retried; results that it finds stored already stay as they are.
 */
public final class PostgresCallResultStore implements CallResultStore {

    private final Database database;
    private final Observations observations;
    private final OldVersionCalls oldVersions;
    private final Permits permits;
    private final CensusNight night;
    private final InstantSource clock;

    public PostgresCallResultStore(Database database, CensusNight night, InstantSource clock) {
        this.database = database;
        this.observations = new Observations(database);
        this.oldVersions = new OldVersionCalls(database);
        this.permits = new Permits(database);
        this.night = night;
        this.clock = clock;
    }

    @Override
    public void store(List<FinishedCall> calls) {
        var made = calls.stream()
                .filter(call -> call.observation().ending() != Ending.NOT_DIALLED)
                .map(call -> new SeenCall(
                        call.permit(),
                        call.observation(),
                        call.judgement().replyClass(),
                        call.judgement().ruleId()))
                .toList();
        var ordinary = made.stream().filter(call -> !isOldVersion(call)).toList();
        database.persist(() -> {
            observations.saveStaples(staples(ordinary));
            observations.save(night, ordinary, newCertificates(ordinary));
            oldVersions.save(
                    night,
                    made.stream().filter(PostgresCallResultStore::isOldVersion).toList());
            permits.close(
                    night, calls.stream().map(PostgresCallResultStore::used).toList(), clock.instant());
        });
    }

    private static boolean isOldVersion(SeenCall call) {
        return call.permit().probeKind().isOldVersion();
    }

    /** Most servers show the same certificates as last night, so only new ones are parsed. */
    private List<Certificate> newCertificates(List<SeenCall> made) {
        Map<Octets, Octets> bySha256 = new HashMap<>();
        made.stream()
                .flatMap(call -> call.observation().shown().stream())
                .flatMap(session -> session.chain().stream())
                .forEach(der -> bySha256.putIfAbsent(der.sha256(), der));
        bySha256.keySet().removeAll(observations.knownCertificates(bySha256.keySet()));
        return bySha256.values().stream().map(CertificateReader::read).toList();
    }

    private static List<OcspResponse> staples(List<SeenCall> made) {
        return made.stream()
                .flatMap(call -> call.observation().shown().stream())
                .flatMap(session -> session.traits().stapledOcsp().stream())
                .distinct()
                .map(OcspResponseReader::read)
                .toList();
    }

    private static Permits.Used used(FinishedCall call) {
        if (call.observation().ending() == Ending.NOT_DIALLED) {
            return new Permits.Used(
                    call.permit().id(),
                    Optional.empty(),
                    Optional.empty(),
                    PermitSignal.Unreported.NOT_DIALLED,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
        var feedback = Optional.of(call.feedback()).filter(_ -> call.startedAt().isPresent());
        return new Permits.Used(
                call.permit().id(),
                call.startedAt(),
                Optional.of(call.observation().endedAt()),
                new PermitSignal.Classified(call.judgement().replyClass()),
                Optional.of(call.judgement().ruleId()),
                feedback,
                call.retry(),
                feedback.flatMap(Feedback::stayAway)
                        .flatMap(_ -> call.judgement().askedWait())
                        .map(asked -> asked.words(call.observation().endedAt())));
    }
}
