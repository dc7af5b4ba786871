/**
 * The database: one class per table, SQL statements by name from the {@code sql} folder. Facts and verdicts are in
 * separate tables.
 *
 * <pre>
 *   Database --- the operator's server (URL)
 *      |    \--- or the embedded server: room postgres
 *      +-- dataSource()  a small connection pool; the schema has this program's version.
 *      |                 Sessions closes connections whose session the server has ended.
 *      +-- tryRunLock()  a session of its own; RunLocks knows the lock sessions of this process
 * </pre>
 *
 * <p>{@link org.starttlscensus.store.DatabaseFault} classifies errors: wait for the database, repeat the work, or
 * report.
 *
 * <p>This room stores and reads rows. It never decides which server to call or what an observation means.
 *
 * <p>Depends on {@code fact} and {@code postgres}. Only this room may use JDBC and Flyway.
 */
@NullMarked
package org.starttlscensus.store;

import org.jspecify.annotations.NullMarked;
