package org.starttlscensus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The questions of {@code sql/cookbook}: each a file with the question in words, and one statement. */
public final class Cookbook {

    private Cookbook() {}

    /** A question to the views that researchers read. */
    public record Question(String name, String words, String sql) {

        private static Question of(Path file) {
            try {
                var text = Files.readString(file);
                var end = text.indexOf('\n');
                return new Question(
                        file.getFileName().toString().replace(".sql", ""),
                        text.substring(0, end).replaceFirst("^-- ", ""),
                        text.substring(end + 1).strip().replaceFirst(";$", ""));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** About a domain and a mail host of this database, instead of those that stand for one in the file. */
        public Question about(String domain, String host) {
            return new Question(
                    name,
                    words,
                    sql.replace("'mx.example.org'", "'" + host + "'").replace("'example.org'", "'" + domain + "'"));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** In order of their names; found from the root of the repository, and from the folder of the program. */
    public static List<Question> questions() {
        var root = Files.isDirectory(Path.of("sql")) ? Path.of("") : Path.of("..");
        try (Stream<Path> files = Files.list(root.resolve(Path.of("sql", "cookbook")))) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .map(Question::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
