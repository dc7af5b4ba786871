package org.starttlscensus.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.lab.Session;
import org.starttlscensus.store.Database;

/**
 * The sessions of a night by our own record, the permits: from the moment before the first packet until the call was
 * stored, when its socket was closed. Where a bound holds here and not as the servers saw it, the machine was too busy:
 * the lab's threads noted starts or ends too late. Where it is broken here too, we broke it.
 *
 * @param sessions    a call that nobody reported keeps the times of its server
 * @param latestStart how late a server noted the start of a session, at most
 * @param latestEnd   how late a server noted an end after the call was stored, at most
 */
record OwnRecord(List<Session> sessions, Duration latestStart, Duration latestEnd) {

    /** A server accepts a call at most this much later than we dialled. */
    private static final Duration MOST_LATE = Duration.ofSeconds(20);

    private record ReportedCall(Address address, Instant startedAt, Instant storedAt) {}

    static OwnRecord of(List<Session> seen, Database database) {
        var calls = JdbcClient.create(database.dataSource())
                .sql("""
                SELECT host(address), started_at, greatest(ended_at, closed_at)
                FROM census.permit
                JOIN census.endpoint USING (endpoint_id)
                WHERE started_at IS NOT NULL
                ORDER BY started_at""")
                .query((row, _) -> new ReportedCall(
                        Address.of(row.getString(1)),
                        row.getTimestamp(2).toInstant(),
                        row.getTimestamp(3).toInstant()))
                .list();
        return of(seen, calls);
    }

    private static OwnRecord of(List<Session> seen, List<ReportedCall> calls) {
        var rest = new ArrayList<>(seen);
        var sessions = new ArrayList<Session>();
        var latestStart = Duration.ZERO;
        var latestEnd = Duration.ZERO;
        for (var call : calls) {
            var found = rest.stream()
                    .filter(session -> session.address().equals(call.address()))
                    .filter(session -> late(session, call).abs().compareTo(MOST_LATE) < 0)
                    .min(Comparator.comparing(session -> late(session, call).abs()));
            if (found.isEmpty()) continue; // dialled, and nobody answered
            var session = found.get();
            rest.remove(session);
            latestStart = later(latestStart, late(session, call));
            latestEnd = later(latestEnd, Duration.between(call.storedAt(), session.endedAt()));
            sessions.add(asRecorded(session, call));
        }
        sessions.addAll(rest);
        return new OwnRecord(List.copyOf(sessions), latestStart, latestEnd);
    }

    private static Session asRecorded(Session seen, ReportedCall call) {
        return new Session(
                seen.address(),
                seen.client(),
                call.startedAt(),
                call.storedAt().isBefore(seen.endedAt()) ? call.storedAt() : seen.endedAt(),
                seen.admission(),
                seen.greetedAt(),
                seen.octetsBeforeGreeting(),
                seen.octetsOutOfTurn(),
                seen.commands(),
                seen.commandsInAll(),
                seen.tlsHandshake(),
                seen.ending());
    }

    private static Duration late(Session session, ReportedCall call) {
        return Duration.between(call.startedAt(), session.startedAt());
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
