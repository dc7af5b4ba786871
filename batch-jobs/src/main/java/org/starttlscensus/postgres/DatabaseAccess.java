package org.starttlscensus.postgres;

/** What a command wants of a database. */
public enum DatabaseAccess {
    /** It measures or stores: a missing database is made, its tables are migrated, an abandoned server is taken over. */
    WORK,
    /**
     * It looks, or asks something of a night: nothing is made or migrated, and a server that somebody else started is
     * left running.
     */
    LOOK
}
