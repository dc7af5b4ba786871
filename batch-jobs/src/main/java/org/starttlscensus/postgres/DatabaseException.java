package org.starttlscensus.postgres;

import org.jspecify.annotations.Nullable;

/**
 * The database cannot be used: exit code 5. The operator can correct the cause; the message says where it happened,
 * what was seen, what was expected and what to do. It never contains a password.
 */
public final class DatabaseException extends RuntimeException {

    /** The kind of fault. */
    public enum DatabaseProblem {
        /** No server answers at the address, or it is still starting. */
        UNREACHABLE,
        /** The user or the password is wrong, or pg_hba.conf does not admit this client. */
        LOGIN_REFUSED,
        /** There is no database of this name or in this directory, or it has none of the program's tables. */
        NO_SUCH_DATABASE,
        /** The user may not do what is needed. */
        MISSING_RIGHTS,
        SERVER_TOO_OLD,
        NOT_UTF8,
        /** A standby: it replicates another server and accepts no writes. */
        READ_ONLY,
        /** The embedded PostgreSQL's directory cannot be used, or belongs to another version. */
        DIRECTORY,
        DISK_FULL,
        /** A newer version of the program has migrated the schema; this version could misread its data. */
        SCHEMA_NEWER,
        /** The tables are those of an earlier version, and the command may not migrate them. */
        SCHEMA_OLDER,
        /** The tables are from before the first release, and no migration leads from them to this program's. */
        SCHEMA_NOT_CARRIED_OVER,
        /** A migration failed, or the schema does not match its migration history. */
        MIGRATION
    }

    private final DatabaseProblem databaseProblem;

    public DatabaseException(DatabaseProblem databaseProblem, String message) {
        super(message);
        this.databaseProblem = databaseProblem;
    }

    public DatabaseException(DatabaseProblem databaseProblem, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.databaseProblem = databaseProblem;
    }

    public DatabaseProblem databaseProblem() {
        return databaseProblem;
    }
}
