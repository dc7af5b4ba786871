package org.starttlscensus.publish;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** The dataset cannot be written: exit code 5. The operator can correct the cause. */
public final class PublishException extends RuntimeException {

    private PublishException(String message, Throwable cause) {
        super(message, cause);
    }

    static PublishException in(Path target, IOException cause) {
        return new PublishException("""
                output folder %s: cannot be written (%s). No unfinished file was left there under a published name, \
                and the database is unchanged. Free some space, correct the permissions, or name another folder with \
                --out. Then start again: only the files are written again.""".formatted(target, reason(cause)), cause);
    }

    private static String reason(IOException cause) {
        var kind = cause.getClass().getSimpleName().replace("Exception", "");
        if (!(cause instanceof FileSystemException named))
            return cause.getMessage() == null ? kind : cause.getMessage();
        return "%s: %s".formatted(named.getFile(), named.getReason() == null ? kind : named.getReason());
    }
}
