package org.starttlscensus.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.starttlscensus.fact.Address;

/**
 * All connections of a lab as its servers saw them: our politeness from the other side. Thread-safe. Keeps the first
 * {@link #MOST_SESSIONS} sessions in full; counts and peaks cover all of them.
 */
public final class LabLog {

    public static final int MOST_SESSIONS = 50_000;

    private final List<Session> sessions = new ArrayList<>();
    private final Map<Address, Integer> open = new HashMap<>();
    private final Map<Address, Integer> peaks = new HashMap<>();
    private int openNow;
    private int peak;
    private long ended;

    LabLog() {}

    synchronized void opened(Address address) {
        peak = Math.max(peak, ++openNow);
        peaks.merge(address, open.merge(address, 1, Integer::sum), Math::max);
    }

    synchronized void ended(Session session) {
        openNow--;
        open.merge(session.address(), -1, Integer::sum);
        ended++;
        if (sessions.size() < MOST_SESSIONS) sessions.add(session);
    }

    /** The finished sessions, in the order in which they ended. */
    public synchronized List<Session> sessions() {
        return List.copyOf(sessions);
    }

    public List<Session> sessions(Address address) {
        return sessions().stream()
                .filter(session -> session.address().equals(address))
                .toList();
    }

    /** The number of finished sessions. Above {@link #MOST_SESSIONS}, {@link #sessions()} is not complete. */
    public synchronized long sessionCount() {
        return ended;
    }

    public synchronized int openNow() {
        return openNow;
    }

    /** The most connections that were open at once, in the whole lab. */
    public synchronized int peakOpen() {
        return peak;
    }

    public synchronized int peakOpen(Address address) {
        return peaks.getOrDefault(address, 0);
    }

    /** The finished sessions of a group of servers, such as a prefix or a provider. */
    public ConnectionLog connectionLog(Predicate<Address> group) {
        return new ConnectionLog(sessions().stream()
                .filter(session -> group.test(session.address()))
                .toList());
    }
}
