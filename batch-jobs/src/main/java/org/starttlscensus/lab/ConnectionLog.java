package org.starttlscensus.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.starttlscensus.lab.Session.AdmissionResult;

/**
 * The sessions of a group of servers: those of an address, a prefix, a provider, or all.
 *
 * @param sessions the finished sessions, in the order in which they began
 */
public record ConnectionLog(List<Session> sessions) {

    public ConnectionLog {
        sessions = sessions.stream()
                .sorted(Comparator.comparing(Session::startedAt))
                .toList();
    }

    /** The most connections that were open at once. */
    public int peakOpen() {
        var ends = sessions.stream().map(Session::endedAt).sorted().toList();
        int most = 0;
        int over = 0;
        for (int begun = 0; begun < sessions.size(); begun++) {
            while (!ends.get(over).isAfter(sessions.get(begun).startedAt())) over++;
            most = Math.max(most, begun + 1 - over);
        }
        return most;
    }

    /** The shortest time from the start of one session to the start of the next; empty for fewer than two. */
    public Optional<Duration> shortestGap() {
        return IntStream.range(1, sessions.size())
                .mapToObj(i -> Duration.between(
                        sessions.get(i - 1).startedAt(), sessions.get(i).startedAt()))
                .min(Comparator.naturalOrder());
    }

    /** The most sessions that began within any interval of this length. */
    public int mostWithin(Duration interval) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < sessions.size(); last++) {
            while (!sessions.get(first)
                    .startedAt()
                    .plus(interval)
                    .isAfter(sessions.get(last).startedAt())) first++;
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    /** How many sessions began after the first time and before the second. */
    public long begunBetween(Instant after, Instant before) {
        return sessions.stream()
                .map(Session::startedAt)
                .filter(start -> start.isAfter(after) && start.isBefore(before))
                .count();
    }

    public long count(AdmissionResult result) {
        return sessions.stream()
                .filter(session -> session.admission() == result)
                .count();
    }
}
