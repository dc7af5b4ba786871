package org.starttlscensus.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.politeness.Pace;

/** One provider: its limit, its pace, and the lanes that wait for it, the first that can start in front. */
final class ProviderQueue {

    final Key key;
    final List<Lane> lanes = new ArrayList<>(1);
    final PriorityQueue<Lane> ready = new PriorityQueue<>(1, Comparator.comparing((Lane lane) -> lane.readyAt));
    Pace pace;
    /** Its place in the dispatcher's queue; none while only an event can free it, or nothing waits. */
    Turns.@Nullable Turn turn;

    ProviderQueue(Key key, Pace pace) {
        this.key = key;
        this.pace = pace;
    }
}
