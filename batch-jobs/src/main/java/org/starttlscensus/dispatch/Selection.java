package org.starttlscensus.dispatch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Address;

/** The result of looking at one provider. */
sealed interface Selection {

    record Selected(Call call, Optional<Address> source, Instant startAt) implements Selection {}

    /** Calls that exceed the totals of the night. */
    record TotalsUsedUp(List<Call> calls) implements Selection {}

    record NoneNow() implements Selection {}
}
