/**
 * Makes the calls of a night. Every call needs a permit, and the permit is committed to PostgreSQL before the first
 * packet is sent. The committed permits are the contact ledger: they prove who was called when, and a new process
 * continues from them.
 *
 * <h2>The threads</h2>
 * {@link CallEngine} joins four kinds of threads:
 * <pre>
 *     DispatchLoop               Launcher               OpenCalls                   ResultWriter
 *     thread "dispatcher"        threads "launcher"     virtual threads "call-N"    thread "call-store"
 *     ───────────────────        ─────────────────      ────────────────────────    ───────────────────
 *     choose calls, at most
 *     1 s before their start
 *     commit their permits
 *         │ add(permitted)
 *         └────────────────────▶ wait for startAt
 *         ─ ─ ─ recall() ─ ─ ─ ▶ and the source's gap
 *                                    │ begin(permitted)
 *                                    └────────────────▶ Caller: dial, talk, QUIT
 *         ◀─────────────── CallStarted, when dialled ───────┤
 *                                                       classify the result
 *         ◀─────────────── CallEnded, with the feedback ────┤
 *     update the pace,                                      │ add(finished)
 *     recall()?                                             └─────────────────────▶ collect up to 200 calls,
 *                                                                                   at most for 0.5 s;
 *                                                                                   one transaction
 *         ◀─────────────── CallsStored ─────────────────────────────────────────────────┤
 *     schedule retries                                                                  └─▶ CallEngine.stored()
 *
 *     failures:
 *         ◀─── CallsLost: a bug of ours ended calls, or prevented their launch
 *         ◀─── StorageFailed: nothing more can be stored
 * </pre>
 * <ul>
 * <li>The arrows into the first column are {@link CallEvent}s in one queue. So only the thread
 *     "dispatcher" ever touches the {@link org.starttlscensus.dispatch.Dispatcher}, which needs no lock, and no other
 *     thread waits for it.
 * <li>{@code recall()} takes back permitted calls that were not launched yet, after a refusal, a pause or the end of
 *     the window. Dispatcher and launcher both claim a call by one atomic removal from a set: it is launched or
 *     recalled, never both.
 * <li>A slow server occupies only its own virtual thread; a tarpit can take five minutes.
 * <li>{@code CallEnded} is sent before the result is queued for storage, so a refusal slows its provider before
 *     anything is stored.
 * <li>While the database is unreachable, no permit can be committed, hence nobody is called. Finished calls wait in the
 *     queue of {@link ResultWriter}, which is bounded by the number of calls in progress. Everything continues by
 *     itself afterwards.
 * <li>{@link CallEngine#stop()} ends the choosing: unlaunched calls are released, calls in progress are completed and
 *     stored. {@link CallEngine#cutShort()} also interrupts the virtual threads; their calls end as ours ({@code
 *     local_error}).
 * <li>A call that a bug of ours lost keeps its permit open, and the next process abandons it. Every fault ends the
 *     engine after what can be stored is stored: {@link CallEngine#stored()} throws it.
 * <li>All threads share one {@link MonotonicClock}.
 * </ul>
 *
 * <h2>The life of a permit</h2>
 * <pre>
 *    planned ─▶ queued ─▶ chosen ─▶ committed ─▶ launched ─▶ dialled ─▶ ended ─▶ stored
 *                 ▲         │           │            │                     │        │
 *                 │         │           │            │                     │        └─▶ due again: a retry, a second
 *                 │         │           │            │                     │            look, or an old-version probe
 *                 │         │           │            │                     └─▶ feedback: changes the pace at once
 *                 │         │           └─ recalled ─┴─▶ lapsed: not dialled; its gap counts, the totals do not
 *                 │         └─▶ opted out, or fenced: no permit, no call
 *                 └──────────────────────────────────────── lapsed: queued again
 *
 *    its process died:  committed … dialled ─▶ orphaned ─▶ abandoned, when its call must be over; or reported late
 * </pre>
 * <ul>
 * <li><em>Chosen</em>: every limiter of the call ({@link org.starttlscensus.dispatch.CallLimiters}: source, provider,
 *     prefix, address) allows it, at most a second ahead. From here on they count it as open.
 * <li><em>Committed</em>: its row is in table {@code permit}, under the epoch of the process that runs the night. Each
 *     call of a batch gets a {@link org.starttlscensus.store.CommitAnswer}: granted, opted out, or fenced.
 * <li><em>Dialled</em>: {@link Caller} reports the moment. The gaps to other calls count from it, not from the planned
 *     start, so a delay before it does not shorten them.
 * <li><em>Feedback</em>: what the call means for its provider. A refusal may exclude the provider at once; its permits
 *     that were not dialled yet are then recalled. A block that later nights must know is stored when it is noticed.
 * <li><em>Stored</em>: the observation and the closed permit, in one transaction.
 * </ul>
 *
 * <h2>The replay</h2>
 * {@link LedgerReader} reads the past, {@link LedgerReplay} gives it to a new dispatcher: first the calls of earlier
 * nights that a pace still remembers (their gaps and feedback count; they are in no total of tonight), then tonight's
 * plan, then its permits. A run, an on-demand check and a read-only command replay the same rows, so they see the same
 * state.
 *
 * <p>Depends on: {@code dispatch}, {@code politeness}, {@code store}, {@code fact}.
 */
@NullMarked
package org.starttlscensus.ledger;

import org.jspecify.annotations.NullMarked;
