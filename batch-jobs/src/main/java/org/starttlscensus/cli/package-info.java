/**
 * The commands: options, texts for people, JSON for programs, progress, exit codes.
 *
 * <pre>
 *   Census -- CensusCommand -- run, demo, lab                 a night, or the simulated Internet alone
 *                          |-- check                          one domain, now
 *                          |-- doctor, identity               whether this machine may call; who we are
 *                          |-- status, explain, provider list read the database only; they call no server
 *                          |-- database                       lets other programs read it
 *                          |-- pause, resume, stop,
 *                          |   provider pause, resume         requests to a running night
 *                          |-- simulate, reassess             compute from stored nights; they call no server
 *                          \-- judge                          the judges alone, as a filter of JSON lines
 *
 *   exceptions -- Faults -- exit code and one sentence
 *   results    -- ...Json, one record for each object -- Json -- one line on stdout, as docs/json.md describes
 *   text of peers -- Printable, Json -- TerminalWriter -- stdout, stderr
 *                                    \-- LogLayout -- the log
 * </pre>
 *
 * <p>Text that a peer sent is shown as plain ASCII on lines of its own. The writers of stdout and stderr escape control
 * characters again, in case a command forgets to. Results go to stdout; progress and messages go to stderr.
 *
 * <p>Depends on: {@code job} and below, and {@code lab}; the only door to picocli, Jackson and Logback.
 */
@NullMarked
package org.starttlscensus.cli;

import org.jspecify.annotations.NullMarked;
