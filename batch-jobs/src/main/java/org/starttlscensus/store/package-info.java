/**
 * The database: one class per table, SQL by name from the {@code sql} folder, facts and verdicts apart.
 *
 * <p>Depends on: {@code names}, {@code fact}; the only door to JDBC, Flyway and the embedded PostgreSQL.
 */
@NullMarked
package org.starttlscensus.store;

import org.jspecify.annotations.NullMarked;
