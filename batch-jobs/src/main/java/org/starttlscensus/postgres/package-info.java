/**
 * Starts, shares and stops an embedded PostgreSQL server, for operators without a server of their own. The server
 * outlives any single process: several commands may use one data directory at a time.
 *
 * <pre>
 *   EmbeddedPostgresUse     one process's use of the server: the first user starts it, the last one stops it
 *     ├─ EmbeddedPostgresOwner     refuses another user's directory, and closes ours to others
 *     ├─ EmbeddedPostgresDuty      whether one that only looks may stop it
 *     ├─ EmbeddedPostgresLock      start lock (one starts or stops) and use lock (shared by all users)
 *     └─ EmbeddedPostgresCluster   data directory, password, start, stop; adopts a server that a killed user left
 *          ├─ EmbeddedPostgresCreation       initdb, password
 *          ├─ EmbeddedPostgresConfiguration  the server's settings
 *          ├─ EmbeddedPostgresFailure        what an operator reads when a program failed
 *          ├─ EmbeddedPostgresBinaries       PostgreSQL's programs, unpacked from the jar
 *          ├─ EmbeddedPostgresProcess        runs initdb, pg_ctl
 *          └─ EmbeddedPostgresPid            postmaster.pid: whether the server runs, and on which port
 * </pre>
 *
 * <p>{@link org.starttlscensus.postgres.DatabaseAccess} says whether a command works or only looks; {@link org.starttlscensus.postgres.ReaderPassword} is for readers.
 *
 * <p>{@link org.starttlscensus.postgres.DatabaseException} tells the operator why a database cannot be used.
 *
 * <p>Depends on no other room. Only this room may use the binaries of PostgreSQL.
 */
@NullMarked
package org.starttlscensus.postgres;

import org.jspecify.annotations.NullMarked;
