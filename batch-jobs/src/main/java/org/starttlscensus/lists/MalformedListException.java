package org.starttlscensus.lists;

import java.nio.file.Path;
import java.util.OptionalLong;

/** A list that no census starts from. Says where, what was seen, what was expected, and what to do. */
public final class MalformedListException extends RuntimeException {

    static final String DOWNLOAD_AGAIN = "Fetch the file again and check it against its published SHA-256.";

    private final Path file;
    private final OptionalLong line;

    private MalformedListException(Path file, OptionalLong line, String seen, String expected, String whatNow) {
        super("%s%s: %s; expected %s. No domain was looked up or called. %s"
                .formatted(file, line.isPresent() ? ", line " + line.getAsLong() : "", seen, expected, whatNow));
        this.file = file;
        this.line = line;
    }

    static MalformedListException in(Path file, String seen, String expected, String whatNow) {
        return new MalformedListException(file, OptionalLong.empty(), seen, expected, whatNow);
    }

    static MalformedListException at(Path file, long line, String seen, String expected, String whatNow) {
        return new MalformedListException(file, OptionalLong.of(line), seen, expected, whatNow);
    }

    public Path file() {
        return file;
    }

    /** Where in the file, if it is about one line. */
    public OptionalLong line() {
        return line;
    }
}
