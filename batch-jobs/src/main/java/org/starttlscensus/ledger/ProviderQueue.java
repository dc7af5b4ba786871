package org.starttlscensus.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.politeness.Pace;

/** One provider: its limit, its pace, and the lanes that wait for it, the first that can start in front. */
final class ProviderQueue {

    final String name;
    final Key key;
    final List<Lane> lanes = new ArrayList<>(1);
    final PriorityQueue<Lane> ready = new PriorityQueue<>(1, Lane.FIRST_IN_TIME);
    Pace pace;
    /** The policy's, without what feedback made of it. */
    final Duration gap;
    /** Where the first of its endpoints stands in tonight's order. */
    int position = Integer.MAX_VALUE;
    /** Calls in its lanes, and lanes with calls. */
    int waiting;
    int busyLanes;
    /** Its place in the dispatcher's queue; none while only an event can free it, or nothing waits. */
    Turns.@Nullable Turn turn;

    ProviderQueue(String name, Key key, Pace pace, Duration gap) {
        this.gap = gap;
        this.name = name;
        this.key = key;
        this.pace = pace;
    }
}
