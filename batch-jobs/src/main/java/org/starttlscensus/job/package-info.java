/**
 * The night: one Spring Batch job of eight steps, and the threads that watch over it.
 *
 * <h2>The steps</h2>
 * {@link org.starttlscensus.job.NightJob} lists them in order. Each step reads what the steps before it stored, and
 * nothing is handed over in memory. So a night can be broken off anywhere, and the next run goes on with the step that
 * had not finished.
 * <pre>
 *   step             reads                                     writes
 *   list             list files                                list_edition, listed_domain
 *   resolve          listed_domain, the DNS                    mail_route, host_addresses, endpoint
 *   plan             routes, provider and endpoint history     planned_call, planned_precedence
 *   call             planned_call, permit, mail servers        permit, observation, old_version_call
 *   assess           planned_call, observation, chains         assessed_server, chain_verdict
 *   aggregate        assessed_server, permit                   server_night, domain_verdict, trends, politeness
 *   record-history   permit, verdicts                          what later nights need: blocks, unreachable endpoints,
 *                                                              nights of each source address
 *   publish          verdicts, trends                          CSV files; the night is then complete
 * </pre>
 * {@code resolve} and {@code call} use the network. Their results come in the order in which they finish, and each
 * batch of results is written in a transaction of its own, so no database connection is held while a server is slow.
 * {@code assess} judges what is stored and uses no network.
 *
 * <h2>From the command to the job</h2>
 * <pre>
 *   NightRunner ─┬─ NightOpener      opens the night, or refuses it before any packet is sent
 *                ├─ InterruptedNights    closes unfinished nights of earlier dates: judged, not published
 *                └─ NightJobRunner   one night: Spring context, RunMonitor, NightExecution (start or resume)
 * </pre>
 *
 * <h2>The threads</h2>
 * <pre>
 *   main                run-monitor (1/s)         stop (JVM shutdown hook)       call engine (room ledger)
 *   ──────────────────  ────────────────────────  ─────────────────────────────  ─────────────────────────────
 *   NightRunner.run     RunLock.renew             on SIGTERM or Ctrl-C:          DispatchLoop: one thread
 *     NightJob steps    RunRequests.latest        StopSignal.request             Launcher: one thread
 *       CallReader                                after 18 s: CallControl        each call: a virtual thread
 *         .read()       lock taken or a bug:        .cutShort                    ResultWriter: one thread
 *                         StopSignal.request                                          │
 *          ▲            pause, resume, stop:                                          │
 *          │              CallControl ─── pause, closeWindow, cutShort ──────▶ CallEngine
 *          │            StopSignal ────── stop: start no call, finish the open ─▶     │
 *          └───────────────────────────── stored batches of calls ◀───────────────────┘
 * </pre>
 * <ul>
 * <li>The <em>main thread</em> runs the steps one after another. In {@code call} it only takes finished batches from
 *     the call engine, which stores them by itself.
 * <li>The <em>run monitor</em> renews the run lock once a second. The server gives the lock to another run after 30
 *     seconds without renewal, so a suspended process loses it. The monitor also reads the operator's latest request.
 *     When another run has the lock, or when the monitor itself fails, it sets the stop signal. After a failure it
 *     keeps renewing the lock until the run has ended, so that no second run can start beside calls that are still
 *     open.
 * <li>The <em>lock heartbeat</em> does only the renewing, for a reassessment, which has no calls. The work asks it
 *     before each transaction whether the lock is still held.
 * <li>The <em>stop signal</em> ends a run so that it can be resumed. A step ends after its current chunk. The call
 *     step first drains: no further call starts, open calls finish and are stored. Then the step ends as STOPPED, and
 *     so does the job.
 * <li>The <em>call control</em> passes on what does not end the run: pause and resume; the operator's stop, which
 *     closes the calling window, after which the night is judged and published; and {@code cutShort}, which closes
 *     open connections when the process must end.
 * <li>The <em>call engine</em>'s threads are described in {@link org.starttlscensus.ledger}. {@code resolve} has a
 *     similar, smaller engine: {@link org.starttlscensus.job.UnorderedExecutor}.
 * </ul>
 * {@code StopSignal} and {@code CallControl} are the only objects that several of these threads change. Both are
 * synchronized.
 *
 * <p>Depends on: every room below; the only door to Spring Batch.
 */
@NullMarked
package org.starttlscensus.job;

import org.jspecify.annotations.NullMarked;
