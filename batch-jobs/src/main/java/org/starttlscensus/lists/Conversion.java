package org.starttlscensus.lists;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** One line for a shell that makes a list of a file which we do not read. */
final class Conversion {

    private static final Pattern ENDINGS =
            Pattern.compile("(?:\\.(?:csv|txt|lst|list|gz|zip))+$", Pattern.CASE_INSENSITIVE);

    private Conversion() {}

    /** The name of a list file without its folder and its endings, such as {@code .csv.gz}. */
    static String nameOf(Path file) {
        return ENDINGS.matcher(file.getFileName().toString()).replaceFirst("");
    }

    /** @param reader a command that writes the contents of a file to its output, for example {@code zcat} */
    static String of(Path file, String reader) {
        return "Convert it: " + reader + " " + quoted(file.toString()) + " > " + quoted(target(file));
    }

    /** @param filter reads the contents and writes one domain per line */
    static String of(Path file, String reader, String filter) {
        return "Convert it: " + reader + " " + quoted(file.toString()) + " | " + filter + " > " + quoted(target(file));
    }

    /** In the current folder, and the same list by its name. */
    private static String target(Path file) {
        var text = nameOf(file) + ".txt";
        return text.equals(file.getFileName().toString()) ? nameOf(file) + ".csv" : text;
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
