/**
 * Checks one domain now, on request: {@code census check}. It uses the same DNS resolution, the same ledger and the
 * same dispatcher as a night, so a check is bound by the same limits.
 *
 * <pre>
 *   DomainCheck ── the domain's route, its servers by preference
 *     └─ ServerCheck ── what is known without a call: address not allowed, recent result, provider blocks us
 *          └─ OnDemandDispatch ─┬─ a run has the lock:  table asked_call; the dispatcher of that run makes the call
 *                               └─ the lock is free:    OnDemandCaller takes it, replays the ledger, makes the calls
 * </pre>
 *
 * <p>Only one dispatcher decides at any time: that of the process which holds the run lock.
 *
 * <p>Depends on: {@code job} and the rooms below it.
 */
@NullMarked
package org.starttlscensus.ondemand;

import org.jspecify.annotations.NullMarked;
