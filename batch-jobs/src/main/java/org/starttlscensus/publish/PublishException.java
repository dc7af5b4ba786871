package org.starttlscensus.publish;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** The dataset cannot be written: exit 5. A fault of the surroundings, which the operator can mend. */
public final class PublishException extends RuntimeException {

    private PublishException(String message, Throwable cause) {
        super(message, cause);
    }

    static PublishException in(Path target, IOException cause) {
        return new PublishException("""
                output folder %s: cannot be written (%s). No unfinished file was left there under a published name; what is in the \
                database is kept. Make room or mend the rights there, or name another folder with --out, and start again: only the \
                files are written again.""".formatted(target, reason(cause)), cause);
    }

    private static String reason(IOException cause) {
        var kind = cause.getClass().getSimpleName().replace("Exception", "");
        if (!(cause instanceof FileSystemException named))
            return cause.getMessage() == null ? kind : cause.getMessage();
        return "%s: %s".formatted(named.getFile(), named.getReason() == null ? kind : named.getReason());
    }
}
