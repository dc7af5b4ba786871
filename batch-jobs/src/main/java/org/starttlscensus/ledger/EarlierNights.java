package org.starttlscensus.ledger;

import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.fact.Reception;
import org.starttlscensus.ledger.DueLater.Delayed;

/** Tells a new dispatcher what earlier nights heard, before {@link #end} and anything of its own night. */
final class EarlierNights {

    private final Keys keys;
    private final DueLater delayed;
    private final WholeCall maxDuration;

    EarlierNights(Keys keys, DueLater delayed, WholeCall maxDuration) {
        this.keys = keys;
        this.delayed = delayed;
        this.maxDuration = maxDuration;
    }

    /**
     * A call that is over: whoever was called is spaced from it, and what its provider said is known. All of them in the order in
     * which they ended.
     */
    void contacted(Call call, Instant startedAt, Instant endedAt, Optional<Reception> reception) {
        keys.contacted(call, startedAt, endedAt, reception);
    }

    /** An open permit of a process that died: until its call would have had to end, it may be a connection. */
    void connected(long permitId, Call call, Instant dialBefore) {
        var longest = maxDuration.of(call.patient());
        keys.connected(call, dialBefore, longest);
        delayed.add(new Delayed.EarlierGhost(dialBefore.plus(longest), permitId, call));
    }

    /** Everything of earlier nights was told. */
    void end() {
        keys.nightBegins();
    }
}
