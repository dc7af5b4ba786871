package org.starttlscensus.job;

import java.nio.file.Path;

/**
 * A list that a run is asked to read.
 *
 * @param file where its bytes are
 * @param name as the operator gave it: a path, or {@code -} for standard input
 */
public record RequestedList(Path file, String name) {

    /** How standard input is named by operators, and as the origin of a list. */
    public static final String STANDARD_INPUT = "-";

    private static final Path CALLED_IN_FILES = Path.of("stdin");

    public static RequestedList of(Path file) {
        return new RequestedList(file, file.toString());
    }

    /** @param kept its bytes, kept aside */
    public static RequestedList standardInput(Path kept) {
        return new RequestedList(kept, STANDARD_INPUT);
    }

    /** The list's name in every published file. */
    String id() {
        return ListStep.listId(name.equals(STANDARD_INPUT) ? CALLED_IN_FILES : file);
    }
}
