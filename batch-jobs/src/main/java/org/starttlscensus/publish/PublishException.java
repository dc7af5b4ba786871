package org.starttlscensus.publish;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** The dataset cannot be written: exit code 5. The operator can correct the cause. */
public final class PublishException extends RuntimeException {

    private PublishException(String message) {
        super(message);
    }

    private PublishException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The folder has something that is not a published set. */
    static PublishException foreign(Path target, String example) {
        return new PublishException("""
                output folder %s: it has something that is no whole published set, for example %s. Expected is a \
                folder that does not exist, is empty, or has a set that was published. Nothing in it was changed, and \
                the database is unchanged. Move it away, or name another folder with --out. Then start again.\
                """.formatted(target, example));
    }

    /** Another set is there, and cannot be moved aside. */
    static PublishException another(Path target) {
        return new PublishException("""
                output folder %s: another set was published there, and it cannot be kept aside (its parent folder \
                cannot be written, or is on another file system). It is unchanged, and so is the database. Move it \
                away, or name another folder with --out. Then start again: only the files are written again.\
                """.formatted(target));
    }

    static PublishException in(Path target, IOException cause) {
        return new PublishException("""
                output folder %s: cannot be written (%s). No unfinished file was left there under a published name, \
                and the database is unchanged. Free some space, correct the permissions, or name another folder with \
                --out. Then start again: only the files are written again.""".formatted(target, reason(cause)), cause);
    }

    /** What an operation on files failed by, in words. */
    static String reason(IOException cause) {
        var kind = cause.getClass().getSimpleName().replace("Exception", "");
        if (!(cause instanceof FileSystemException named))
            return cause.getMessage() == null ? kind : cause.getMessage();
        return "%s: %s".formatted(named.getFile(), named.getReason() == null ? kind : named.getReason());
    }
}
