package org.starttlscensus.dispatch;

import java.time.Instant;

/**
 * A call that may be made once its permit is committed.
 *
 * @param startAt    not before
 * @param dialBefore not after
 */
public record ChosenCall(Call call, Instant startAt, Instant dialBefore) {}
