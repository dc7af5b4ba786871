/**
 * Who may be called when, and the proof of it: permits that are committed before any packet, the dispatcher that chooses them, the
 * threads that use them, and the fold that brings a new process to where the last one stood.
 *
 * <h2>The life of a permit</h2>
 * <pre>
 *   planned ─▶ queued ─▶ chosen ─▶ committed ─▶ launched ─▶ dialled ─▶ ended ─▶ stored
 *                ▲         │           │            │                     │        │
 *                │         │           │            │                     │        └─▶ again: a retry, a confirmation, or a
 *                │         │           │            │                     │            question of the campaign, due later
 *                │         │           │            │                     └─▶ heard: moves the pace, before it is stored
 *                │         │           └─ recalled ─┴─▶ lapsed: not dialled; the spacing stands, the totals do not count it
 *                │         └─▶ opted out, or fenced: no permit, and nobody is called
 *                └──────────────────────────────────────── lapsed, and again
 *
 *   its process died:  committed … dialled ─▶ orphaned ─▶ abandoned, when its call must be over; or reported after all
 * </pre>
 * <ul>
 * <li><em>Chosen</em>: every key of the call ({@link org.starttlscensus.dispatch.CallLimiters}: source, provider, prefix, address)
 *     allows it, at most a second ahead. From here on they count it as open.
 * <li><em>Committed</em>: its row stands in table {@code permit}, under the epoch of the process that has the night.
 *     {@link org.starttlscensus.store.CommitAnswer} is given to each call of a batch: granted, opted out, fenced.
 * <li><em>Dialled</em>: {@link org.starttlscensus.ledger.Caller} tells the moment. Gaps to other calls count from it, not from the
 *     moment that was chosen: a worker's queue cannot eat them.
 * <li><em>Heard</em>: what the call means for its provider. A refusal closes a key at once and recalls what was not dialled yet.
 * <li><em>Stored</em>: observation and closed permit, in one transaction. What nights to come must know of a provider is stored
 *     beside it, when it is heard.
 * </ul>
 *
 * <h2>The threads</h2>
 * {@link org.starttlscensus.ledger.CallEngine} draws them: one chooses and commits, one launches, each call has a virtual thread of
 * its own, one stores. Only the first ever touches the dispatcher, which knows no clock, no SQL and no threads.
 *
 * <h2>The fold</h2>
 * {@link org.starttlscensus.ledger.LedgerReader} reads, {@link org.starttlscensus.ledger.LedgerReplay} tells: calls of earlier nights within
 * the memory of a pace (their spacing and what providers said of us stand; they count in no total of tonight), then tonight's plan
 * and permits. A run, a check and whoever only looks hear the same.
 *
 * <p>Depends on: {@code dispatch}, {@code politeness}, {@code store}, {@code fact}.
 */
@NullMarked
package org.starttlscensus.ledger;

import org.jspecify.annotations.NullMarked;
