package org.starttlscensus.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.starttlscensus.lab.Session.AdmissionResult;

/**
 * What a group of servers (an address, a prefix, a provider, all of them) saw of us together.
 *
 * @param sessions those that are over, in the order in which they began
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

    /** The least time from the start of one visit to the start of the next; empty where there were not two. */
    public Optional<Duration> shortestGap() {
        return IntStream.range(1, sessions.size())
                .mapToObj(i -> Duration.between(
                        sessions.get(i - 1).startedAt(), sessions.get(i).startedAt()))
                .min(Comparator.naturalOrder());
    }

    /** The most visits that began within any time of this length. */
    public int mostWithin(Duration time) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < sessions.size(); last++) {
            while (!sessions.get(first)
                    .startedAt()
                    .plus(time)
                    .isAfter(sessions.get(last).startedAt())) first++;
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    /** Visits that began behind that moment and before the other. */
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
