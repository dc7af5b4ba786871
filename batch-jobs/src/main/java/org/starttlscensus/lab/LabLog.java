package org.starttlscensus.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.starttlscensus.fact.Address;

/**
 * What all servers of a lab saw: the other side's view of our politeness. Thread-safe. Keeps the first
 * {@link #MOST_VISITS} visits in full; counts and peaks go on beyond.
 */
public final class LabLog {

    public static final int MOST_VISITS = 50_000;

    private final List<Visit> visits = new ArrayList<>();
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

    synchronized void ended(Visit visit) {
        openNow--;
        open.merge(visit.address(), -1, Integer::sum);
        ended++;
        if (visits.size() < MOST_VISITS) visits.add(visit);
    }

    /** Visits that are over, in the order in which they ended. */
    public synchronized List<Visit> visits() {
        return List.copyOf(visits);
    }

    public List<Visit> visits(Address address) {
        return visits().stream().filter(visit -> visit.address().equals(address)).toList();
    }

    /** All visits that are over, beyond {@link #MOST_VISITS} too; if this is more, {@link #visits()} is not all. */
    public synchronized long visitsInAll() {
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

    /** What a group of servers, such as a prefix or a provider, saw together; of visits that are over. */
    public GuestBook guestBook(Predicate<Address> group) {
        return new GuestBook(visits().stream().filter(visit -> group.test(visit.address())).toList());
    }
}
