package org.starttlscensus.ledger;

import java.time.Instant;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.EpochNanos;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.store.LedgerEntry;

/**
 * An endpoint of the plan or of an on-demand call, and the state of its permits. One exists for each of hundreds of
 * thousands of endpoints, so it keeps only what is read. Mutable fields are primitives: reference writes into old
 * objects cost card marking in every young collection.
 */
@SuppressWarnings("EnumOrdinal") // never stored; a byte takes a quarter of a reference
final class EndpointState {
    private static final ProbeKind[] PROBE_KINDS = ProbeKind.values();

    final Call first;
    final boolean isOnDemand;
    /** Calls that may have been made; lapsed permits do not count. */
    private int made;
    /** Number of the latest permit, which the fields below describe; 0 if there is none. */
    private int attempt;

    private byte latest;
    /**
     * By state: not dialled, the planned start; open or abandoned, the latest time to dial; retried, when the retry
     * is due.
     */
    private long nanos;
    /** Only if no call was reported. */
    long permitId;
    /** The deadlines of its call; if it is retried, those of the next. */
    private boolean patient;

    private byte probeKind;

    EndpointState(Call first, boolean isOnDemand) {
        this.first = first;
        this.isOnDemand = isOnDemand;
    }

    void replay(LedgerEntry.Unended permit) {
        if (permit.fate() != LedgerEntry.Fate.NOT_DIALLED) made++;
        if (permit.attempt() <= attempt) return;
        attempt = permit.attempt();
        permitId = permit.permitId();
        switch (permit.fate()) {
            case OPEN -> setLatest(LatestPermit.OPEN, permit.dialBefore(), permit.patient(), permit.probeKind());
            case NOT_DIALLED ->
                setLatest(LatestPermit.NOT_DIALLED, permit.startAt(), permit.patient(), permit.probeKind());
            case ABANDONED ->
                setLatest(LatestPermit.ABANDONED, permit.dialBefore(), permit.patient(), permit.probeKind());
        }
    }

    void replay(LedgerEntry.Ended permit, boolean isRetried) {
        made++;
        if (permit.attempt() <= attempt) return;
        attempt = permit.attempt();
        setLatest(LatestPermit.OVER, permit.startedAt().orElse(permit.startAt()), false, first.probeKind());
        if (isRetried)
            permit.scheduledRetry()
                    .ifPresent(scheduledRetry -> setLatest(
                            LatestPermit.RETRIED,
                            scheduledRetry.due(),
                            scheduledRetry.patient(),
                            scheduledRetry.probeKind()));
    }

    private void setLatest(LatestPermit state, Instant at, boolean patiently, ProbeKind kind) {
        latest = (byte) state.ordinal();
        nanos = EpochNanos.of(at);
        patient = patiently;
        probeKind = (byte) kind.ordinal();
    }

    LatestPermit latest() {
        return LatestPermit.ALL[latest];
    }

    /** The call of the latest permit. */
    Call call() {
        int before = latest() == LatestPermit.NOT_DIALLED ? made : made - 1;
        return first.at(attempt, before, patient).withProbeKind(PROBE_KINDS[probeKind]);
    }

    Instant moment() {
        return EpochNanos.time(nanos);
    }
}
