/**
 * The limits hold for a machine, not for each database: at most one database calls from a machine. A small file, in a
 * place that every user of the machine can find, names that database and its last call.
 *
 * <pre>
 *   MachineContacts -- LastContactFile: finds the place, refuses links and strangers' content, locks, reads, writes
 *        |                 \-- LastContact: one record, as text
 *        \-- MachineLease: one database's right to call, renewed while it calls
 *
 *   MachineTakenException: another database called within a day: exit 2
 *   MachineFileException:  the file cannot be trusted or written: exit 5
 * </pre>
 *
 * <p>Knows no settings, no database and no call; the clock is an argument. Whether a lab is exempt is decided in
 * {@code job}. Depends on no other room.
 */
@NullMarked
package org.starttlscensus.machine;

import org.jspecify.annotations.NullMarked;
