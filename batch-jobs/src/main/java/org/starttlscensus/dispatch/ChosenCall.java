package org.starttlscensus.dispatch;

import java.time.Instant;

/**
 * A call that may be made once its permit is committed.
 *
 * @param startAt    earliest start
 * @param dialBefore latest start
 */
public record ChosenCall(Call call, Instant startAt, Instant dialBefore) {}
