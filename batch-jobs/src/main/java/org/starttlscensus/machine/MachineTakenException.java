package org.starttlscensus.machine;

import java.nio.file.Path;
import java.time.Instant;

/** Another database calls from this machine, or did so less than a day ago: exit code 2. */
public final class MachineTakenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private MachineTakenException(String message) {
        super(message);
    }

    static MachineTakenException by(LastContact other, Path file, Instant freeAt) {
        return new MachineTakenException("""
                another database calls mail servers from this machine: %s. Its last call was at %s or shortly before. \
                The limits hold for the machine and not for each database, so a second one would call the same \
                servers too often. No server was called. Use that database; or wait until %s, a day after that call; \
                or, if it calls nobody any more, say so: census machine release. The record is in %s.\
                """.formatted(other.database(), other.at(), freeAt, file));
    }

    static MachineTakenException atWork(LastContact other, Path file) {
        return new MachineTakenException("""
                %s is calling mail servers now, by %s. Nothing was changed. Stop it first (census stop, with the \
                settings of that database). A minute after its last call this works.\
                """.formatted(other.database(), file));
    }
}
