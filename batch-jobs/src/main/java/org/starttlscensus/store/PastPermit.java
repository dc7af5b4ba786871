package org.starttlscensus.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A row of the contact ledger, as a fold reads it.
 *
 * @param signal a reply class, {@link Permits#NOT_DIALLED} or {@link Permits#ABANDONED}; empty while the permit is open
 */
public record PastPermit(
        long permitId,
        long endpointId,
        int attempt,
        Instant startAt,
        Instant dialBefore,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<String> signal) {}
