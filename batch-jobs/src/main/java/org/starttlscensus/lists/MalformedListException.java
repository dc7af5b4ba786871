package org.starttlscensus.lists;

import java.nio.file.Path;
import java.util.OptionalLong;

/** A list that the census refuses. The message says where, what was seen, what was expected, and what to do. */
public final class MalformedListException extends RuntimeException {

    static final String DOWNLOAD_AGAIN = "Download the file again and compare it with its published SHA-256.";

    private final Path file;
    private final OptionalLong line;

    private MalformedListException(Path file, OptionalLong line, String seen, String expected, String whatToDo) {
        super("%s%s: %s; expected %s. No domain was looked up or called. %s"
                .formatted(file, line.isPresent() ? ", line " + line.getAsLong() : "", seen, expected, whatToDo));
        this.file = file;
        this.line = line;
    }

    static MalformedListException in(Path file, String seen, String expected, String whatToDo) {
        return new MalformedListException(file, OptionalLong.empty(), seen, expected, whatToDo);
    }

    static MalformedListException at(Path file, long line, String seen, String expected, String whatToDo) {
        return new MalformedListException(file, OptionalLong.of(line), seen, expected, whatToDo);
    }

    public Path file() {
        return file;
    }

    /** The line number, if the problem is in one line. */
    public OptionalLong line() {
        return line;
    }
}
