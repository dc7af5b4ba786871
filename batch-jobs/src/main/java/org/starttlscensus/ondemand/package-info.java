/**
 * One domain, checked now because somebody asks: {@code census check}. It uses the same DNS, the same ledger and the
 * same dispatcher as a night, so it can never be a way around a limit.
 *
 * <pre>
 *   DomainCheck ─┬─ a run is at work:  the call is put into table asked_call; the run's own dispatcher makes it
 *                └─ nobody runs:       OnDemandCaller takes the run lock, replays the ledger and calls a few servers
 * </pre>
 *
 * <p>A server that was called not long ago is not called again: its last result is reused and dated.
 *
 * <p>Depends on: {@code job} and the rooms below it.
 */
@NullMarked
package org.starttlscensus.ondemand;

import org.jspecify.annotations.NullMarked;
