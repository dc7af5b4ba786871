/**
 * Commands, exit codes, progress.
 *
 * <pre>
 *   Census -- CensusCommand -- run, demo, lab      a night, or the parts of one
 *                          |-- status, explain     what the database knows; they call nobody
 *                          \-- judge               the judges alone, as a filter of JSON lines
 *
 *   exceptions -- Faults -- exit code and one sentence
 *   what was found -- ...Json, a record for each object -- Json -- one line on stdout, as docs/json.md says
 *   words of peers -- Printable, Json -- TerminalWriter -- stdout, stderr
 *                                     \-- LogLayout -- the log
 * </pre>
 *
 * <p>Whatever a peer wrote is shown as plain ASCII on lines of its own; a second gate at the streams lets no control
 * character through, even where a command forgets. Results go to stdout, talk to stderr.
 *
 * <p>Depends on: {@code job} and below, and {@code lab}; the only door to picocli, Jackson and Logback.
 */
@NullMarked
package org.starttlscensus.cli;

import org.jspecify.annotations.NullMarked;
