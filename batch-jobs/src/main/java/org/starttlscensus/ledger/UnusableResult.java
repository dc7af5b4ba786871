package org.starttlscensus.ledger;

import java.util.Map;
import java.util.Optional;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Octets;

/**
 * The replacement for a result that cannot be stored. It records that the call was made, and that the fault is ours.
 */
public final class UnusableResult {

    private UnusableResult() {}

    /**
     * Keeps every reply of the peer, without the results of its handshake.
     *
     * @param why in our words only; text of a peer must not enter a detail
     */
    public static Observation of(Observation seen, String why) {
        return new Observation(
                seen.endpoint(),
                seen.source(),
                seen.ehloName(),
                seen.startedAt(),
                seen.took(),
                phase(seen),
                ending(seen),
                seen.banner(),
                seen.ehlo(),
                seen.helo(),
                seen.starttls(),
                Optional.empty(),
                Optional.empty(),
                seen.afterTls(),
                seen.quitReply(),
                seen.excerpt(),
                seen.received(),
                detail(why));
    }

    /** If not even the replies can be stored. */
    public static Observation bare(Observation seen, String why) {
        return new Observation(
                seen.endpoint(),
                seen.source(),
                seen.ehloName(),
                seen.startedAt(),
                Map.of(),
                phase(seen),
                ending(seen),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Octets.NONE,
                0,
                detail(why));
    }

    private static Optional<String> detail(String why) {
        return Optional.of("could not be stored as it was: " + why);
    }

    /** Only a call that was completed ends in {@link CallPhase#QUIT}. */
    private static CallPhase phase(Observation seen) {
        return seen.phase() == CallPhase.QUIT ? CallPhase.AFTER_TLS : seen.phase();
    }

    /** Keeps whether anything was sent, because the limits count it. */
    private static Ending ending(Observation seen) {
        return seen.dialled() ? Ending.LOCAL_ERROR : seen.ending();
    }
}
