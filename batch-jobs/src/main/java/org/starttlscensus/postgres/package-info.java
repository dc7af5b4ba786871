/**
 * The life of an embedded PostgreSQL server, for whoever has no server of his own. It outlives any single process: several
 * commands may use one data directory at a time.
 *
 * <pre>
 *   EmbeddedPostgresUse     one process's use of the server: the first user starts it, the last one stops it
 *     ├─ EmbeddedPostgresLock      start lock (one starts or stops) and use lock (shared by all users)
 *     └─ EmbeddedPostgresCluster   data directory, password, start, stop; adopts a server that a killed user left
 *          ├─ EmbeddedPostgresBinaries   PostgreSQL's programs, unpacked from the jar
 *          ├─ EmbeddedPostgresProcess    runs initdb, pg_ctl
 *          └─ EmbeddedPostgresPid        postmaster.pid: whether the server runs, and on which port
 * </pre>
 *
 * <p>{@link org.starttlscensus.postgres.DatabaseException} is what an operator is told if a database cannot be used.
 *
 * <p>Depends on no other room; the only door to the binaries of PostgreSQL.
 */
@NullMarked
package org.starttlscensus.postgres;

import org.jspecify.annotations.NullMarked;
