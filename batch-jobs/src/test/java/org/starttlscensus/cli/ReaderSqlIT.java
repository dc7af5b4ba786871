package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.store.EmptyDatabase;

/** The questions in SQL that pages show to readers work in every database, whatever its nights are. */
class ReaderSqlIT {

    private static final Pattern BLOCK = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    private static List<String> questions() throws Exception {
        var found = Stream.<String>builder();
        for (var page : List.of("../sql/README.md", "../docs/database.md")) {
            BLOCK.matcher(Files.readString(Path.of(page)))
                    .results()
                    .map(MatchResult::group)
                    .map(block -> block.substring("```sql\n".length(), block.length() - "```".length()))
                    .flatMap(block -> Arrays.stream(block.split(";\n")))
                    .map(String::strip)
                    .filter(sql -> sql.replaceAll("(?m)^--.*$", "").strip().startsWith("SELECT"))
                    .forEach(found::add);
        }
        return found.build().toList();
    }

    @Test
    void noQuestionIsAboutANightThatOnlyWeHave() throws Exception {
        var questions = questions();
        assertTrue(questions.size() >= 5, questions::toString);
        try (var database = EmptyDatabase.in(directory.resolve("pg"))) {
            for (var sql : questions) {
                assertFalse(sql.matches("(?s).*'\\d{4}-\\d\\d.*"), () -> "a date or version in\n" + sql);
                assertTrue(
                        JdbcClient.create(database.dataSource())
                                .sql(sql)
                                .query()
                                .listOfRows()
                                .isEmpty(),
                        sql);
            }
        }
    }
}
