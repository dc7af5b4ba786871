package org.starttlscensus.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.store.StandingBlock;
import org.starttlscensus.store.StandingBlocks.RefusedCall;

/** A refusal for which a provider or an address is left out on later nights. */
record StandingBlockJson(
        Optional<String> provider,
        Optional<String> ip,
        LocalDate since,
        LocalDate last,
        int nights,
        LocalDate nextNight,
        Optional<Instant> refusedAt,
        Optional<String> refusedBy,
        Optional<String> reply) {

    private static final int MOST_OF_A_REPLY = 1_000;

    static StandingBlockJson of(StandingBlock block, Optional<RefusedCall> refusal) {
        return new StandingBlockJson(
                block.provider(),
                block.address().map(Address::toString),
                block.since().date(),
                block.last().date(),
                block.nights(),
                SkipWords.nextNight(block),
                refusal.map(RefusedCall::endedAt),
                refusal.map(call -> call.endpoint().mxHost().ascii()),
                refusal.flatMap(RefusedCall::reply)
                        .map(reply -> reply.first(MOST_OF_A_REPLY))
                        .map(Octets::latin1));
    }
}
