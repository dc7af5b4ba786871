package org.starttlscensus.ledger;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.ChosenCall;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.ScheduledRetry;
import org.starttlscensus.store.LedgerEntry;

/** A permit of a virtual night, as a row of its ledger. */
final class VirtualPermit {
    final long id;
    final Call call;
    final Optional<Address> source;
    final Instant startAt;
    final Instant dialBefore;
    final int epoch;
    Optional<Instant> startedAt = Optional.empty();
    Optional<Instant> endedAt = Optional.empty();
    Optional<Feedback> feedback = Optional.empty();
    Optional<ScheduledRetry> scheduledRetry = Optional.empty();
    /** A reply class, {@code not_dialled} or {@code abandoned}; none while it is open. */
    @Nullable
    String signal;

    boolean isLaunched;

    VirtualPermit(long id, int epoch, ChosenCall chosen) {
        this.id = id;
        this.epoch = epoch;
        this.call = chosen.call();
        this.source = chosen.source();
        this.startAt = chosen.startAt();
        this.dialBefore = chosen.dialBefore();
    }

    LedgerEntry entry() {
        if (endedAt.isPresent()) {
            return new LedgerEntry.Ended(
                    call.endpointId(),
                    call.number(),
                    startAt,
                    startedAt,
                    endedAt.get(),
                    feedback,
                    scheduledRetry,
                    source);
        }
        return new LedgerEntry.Unended(
                id,
                call.endpointId(),
                call.number(),
                startAt,
                dialBefore,
                signal == null ? LedgerEntry.Fate.OPEN : LedgerEntry.Fate.valueOf(signal.toUpperCase(Locale.ROOT)),
                call.patient(),
                call.probeKind(),
                source);
    }
}
