/**
 * Decides which server may be called when. This package is pure: it has no clock, no SQL and no threads, and {@code
 * FloorPlanTest} checks that. Given the same plan and the same past, a {@link org.starttlscensus.dispatch.Dispatcher}
 * decides the same. So a restart, a simulation and a property test all use the dispatcher of a real night.
 *
 * <pre>
 *                        Dispatcher
 *       plan(call)  ─▶  Precedence      a backup MX waits until its primaries were called once
 *                         │
 *                         ▼
 *                       CallScheduler   one SourceSchedule for each source address of ours:
 *                         │             providers by the earliest time at which one of their queues may start
 *                         │                └─ ProviderQueue ─── ProviderShare ─┬─ EndpointQueue   one at one address
 *                         │                                    of one source   └─ EndpointQueue
 *       choose(now) ◀─────┘             checks the Limiters: our source address, provider, prefix, address
 *
 *       started ─▶ the gaps of all four limiters count from the real start
 *       onFeedback ─▶ Charging: the Pace of the provider, or of the address alone, slows down, backs off, or excludes
 *       ended ─▶ the limiters are free again;  schedule(call, due) ─▶ DelayQueue ─▶ CallScheduler
 * </pre>
 *
 * <p>{@link org.starttlscensus.dispatch.PendingCalls} holds every call that is still to be made. Calls of a provider
 * that is paused or excluded wait in {@link org.starttlscensus.dispatch.DeferredCalls}. Every endpoint that was not
 * called in the end has a reason: {@link org.starttlscensus.dispatch.NotCalled}.
 *
 * <p>Not thread-safe: one thread drives a dispatcher. Time is an argument.
 *
 * <p>Depends on: {@code politeness}, {@code fact}.
 */
@NullMarked
package org.starttlscensus.dispatch;

import org.jspecify.annotations.NullMarked;
