/**
 * The database: one class per table, SQL by name from the {@code sql} folder, facts and verdicts apart.
 *
 * <pre>
 *   Database --- a server of the operator's (URL)
 *      |    \--- the embedded one: room postgres
 *      +-- dataSource()  a small pool, migrated to this program's version; Sessions knows which of them the server still has
 *      +-- tryRunLock()  a session of its own; RunLocks knows which sessions are our own
 * </pre>
 *
 * <p>What goes wrong is told apart by {@link org.starttlscensus.store.DatabaseFault}: waited out, repeated, or told.
 *
 * <p>Knows rows, not reasons: it never decides whom to call or what an observation means.
 *
 * <p>Depends on: {@code fact}, {@code postgres}; the only door to JDBC and Flyway.
 */
@NullMarked
package org.starttlscensus.store;

import org.jspecify.annotations.NullMarked;
