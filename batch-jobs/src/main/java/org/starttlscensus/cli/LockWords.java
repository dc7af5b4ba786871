package org.starttlscensus.cli;

import org.starttlscensus.store.Database;
import org.starttlscensus.store.RunLock;

/** Says who uses the database, where a command needs it for itself. */
final class LockWords {

    private LockWords() {}

    /**
     * @param forNextCommand what a command needs to use the same database
     * @return who it is, and what to do about it
     */
    static String busy(Database database, RunLock.Holder holder, String forNextCommand) {
        return "%s %s. This command called no server, changed nothing, and ends now. %s"
                .formatted(who(holder), Printable.line(database.where()), whatToDo(holder, forNextCommand));
    }

    private static String who(RunLock.Holder holder) {
        return switch (holder) {
            case RUN -> "another run is using";
            case CHECK -> "a `census check` is making its calls, and so is using";
            case WORK -> "another command (census reassess, publish, prune or night forget) is at work in";
        };
    }

    private static String whatToDo(RunLock.Holder holder, String forNextCommand) {
        return switch (holder) {
            case RUN -> "To see how far the other is: census status" + forNextCommand;
            case CHECK -> "Try again in some minutes.";
            case WORK -> "Try again when it is over.";
        };
    }
}
