package org.starttlscensus.postgres;

/**
 * The database cannot be used: exit 5. A fault of the surroundings, which the operator can mend; the message says where,
 * what was seen, what was expected and what to do. Never shows a password.
 */
public final class DatabaseException extends RuntimeException {

    /** What kind of fault, for code that must tell them apart. */
    public enum DatabaseProblem {
        /** No server answers there, or it is still starting. */
        UNREACHABLE,
        /** User or password are wrong, or the server does not let us in from here. */
        LOGIN_REFUSED,
        NO_SUCH_DATABASE,
        SERVER_TOO_OLD,
        NOT_UTF8,
        /** A standby: it repeats another server and takes no writes. */
        READ_ONLY,
        /** The embedded PostgreSQL's directory cannot be used, or belongs to another version. */
        DIRECTORY,
        DISK_FULL,
        /** A newer program has been here: this one could misunderstand what it stored. */
        SCHEMA_NEWER,
        /** A migration failed, or the schema is not what its history says. */
        MIGRATION
    }

    private final DatabaseProblem databaseProblem;

    public DatabaseException(DatabaseProblem databaseProblem, String message) {
        super(message);
        this.databaseProblem = databaseProblem;
    }

    public DatabaseException(DatabaseProblem databaseProblem, String message, Throwable cause) {
        super(message, cause);
        this.databaseProblem = databaseProblem;
    }

    public DatabaseProblem databaseProblem() {
        return databaseProblem;
    }
}
