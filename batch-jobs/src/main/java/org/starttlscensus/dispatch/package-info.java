/**
 * Decides which server may be called when. A pure room: no clock, no SQL, no threads, and a test of the floor plan holds it
 * to that. Told the same plan and the same past, a {@link org.starttlscensus.dispatch.Dispatcher} decides the same; so a
 * restart, a simulation and a property test all use the dispatcher of a real night.
 *
 * <pre>
 *                        Dispatcher
 *       plan(call)  ─▶  Precedence      a backup MX waits until its primaries were called once
 *                         │
 *                         ▼
 *                       CallScheduler   providers by the earliest time at which one of their queues may start
 *                         │                └─ ProviderQueue ─┬─ EndpointQueue   one provider at one address
 *                         │                                  └─ EndpointQueue
 *       choose(now) ◀─────┘             asks the Limiters: our source address, provider, prefix, address
 *
 *       started ─▶ the gaps of all four limiters count from the real start
 *       onFeedback ─▶ the provider's Pace slows down, backs off, or excludes it for the night
 *       ended ─▶ the limiters are free again;  again(call, due) ─▶ DelayQueue ─▶ CallScheduler
 * </pre>
 *
 * <p>Calls of a provider that is paused or excluded wait in {@link org.starttlscensus.dispatch.DeferredCalls}. What nobody
 * called by the end has a reason: {@link org.starttlscensus.dispatch.NotCalled}.
 *
 * <p>Not thread-safe: one thread drives a dispatcher. Time comes as an argument.
 *
 * <p>Depends on: {@code politeness}, {@code fact}.
 */
@NullMarked
package org.starttlscensus.dispatch;

import org.jspecify.annotations.NullMarked;
