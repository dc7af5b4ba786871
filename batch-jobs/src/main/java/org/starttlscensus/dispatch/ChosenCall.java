package org.starttlscensus.dispatch;

import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.fact.Address;

/**
 * A call that may be made once its permit is committed.
 *
 * @param source     our address that it is made from; empty if the operating system chooses it
 * @param startAt    earliest start
 * @param dialBefore latest start
 */
public record ChosenCall(Call call, Optional<Address> source, Instant startAt, Instant dialBefore) {}
