package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comments of the database, and the codebook that is made from them. */
@ExtendWith(EmptyDatabaseExtension.class)
class PubSchemaIT {

    private static final Path CODEBOOK = Path.of("../datasets/codebook.csv");

    private static Database database;

    private static List<String> query(String sql) {
        return database.jdbc().sql(sql).query(String.class).list();
    }

    @Test
    void everyTableViewAndColumnHasAComment() {
        assertTrue(query("SELECT relname FROM pg_class WHERE relnamespace = 'pub'::regnamespace")
                        .size()
                > 4);
        assertEquals(List.of(), query("""
                SELECT relation.oid::regclass || coalesce('.' || attribute.attname, '')
                FROM pg_class AS relation
                LEFT JOIN LATERAL (
                    SELECT attname, attnum FROM pg_attribute WHERE attrelid = relation.oid AND attnum > 0
                           AND NOT attisdropped
                    UNION ALL
                    SELECT NULL, 0
                ) AS attribute ON true
                WHERE relation.relnamespace IN ('census'::regnamespace, 'pub'::regnamespace, 'batch'::regnamespace)
                  AND relation.relkind IN ('r', 'p', 'v', 'm') AND NOT relation.relispartition
                  AND NOT EXISTS (
                      SELECT FROM pg_description
                      WHERE objoid = relation.oid AND classoid = 'pg_class'::regclass
                          AND objsubid = attribute.attnum AND description <> '')
                ORDER BY 1"""));
    }

    @Test
    void everyFunctionAndSchemaHasAComment() {
        assertEquals(List.of(), query("""
                SELECT oid::regprocedure::text FROM pg_proc
                WHERE pronamespace IN ('census'::regnamespace, 'pub'::regnamespace)
                    AND obj_description(oid, 'pg_proc') IS NULL"""));
        assertEquals(List.of(), query("""
                SELECT nspname FROM pg_namespace WHERE nspname IN ('pub', 'batch')
                       AND obj_description(oid, 'pg_namespace') IS NULL"""));
    }

    @ParameterizedTest
    @CsvSource({
        "server_state,outcome",
        "server_state,chain",
        "server_state,name_match",
        "domain_state,route",
        "domain_state,measured",
        "adoption,weight",
        "adoption,rollup",
        "politeness,class",
        "politeness,charged"
    })
    void everyValueOfAColumnIsExplained(String table, String column) {
        var words = new TreeSet<String>();
        for (var rule : query("""
                SELECT pg_get_constraintdef(oid) FROM pg_constraint
                WHERE conrelid = 'census.%s'::regclass AND contype = 'c'
                    AND conname LIKE '%s\\_%s\\_known'""".formatted(table, table, column))) {
            Pattern.compile("'([^']+)'::text").matcher(rule).results().forEach(word -> words.add(word.group(1)));
        }
        assertTrue(words.size() > 2, words::toString);
        assertEquals(words, new TreeSet<>(query("SELECT value FROM pub.meaning WHERE subject = '" + column + "'")));
    }

    /** A view is named for its rows. */
    private static final Map<PublishedTable, String> VIEWS = Map.of(
            PublishedTable.SERVERS,
            "server",
            PublishedTable.DOMAINS,
            "domain",
            PublishedTable.CERTIFICATE,
            "certificate_trend",
            PublishedTable.OLD_VERSIONS,
            "old_version");

    @Test
    void viewsHaveTheColumnsOfTheFiles() {
        for (var table : PublishedTable.values()) {
            var view = "pub." + VIEWS.getOrDefault(table, table.name().toLowerCase(Locale.ROOT));
            assertEquals(
                    table.columns(),
                    query(("SELECT attname::text FROM pg_attribute "
                                    + "WHERE attrelid = '%s'::regclass AND attnum > 0 ORDER BY attnum")
                            .formatted(view)));
        }
    }

    /** What was last known before a night stands beside the published version only. */
    @Test
    void theServersByVersionHaveTheColumnsOfThePublishedOnes() {
        var columns =
                "SELECT attname::text FROM pg_attribute WHERE attrelid = '%s'::regclass AND attnum > 0 ORDER BY attnum";
        var expected = new ArrayList<>(query(columns.formatted("pub.server")));
        expected.removeIf(column -> column.startsWith("last_own_"));
        expected.addAll(List.of("is_published", "is_revised"));
        assertEquals(expected, query(columns.formatted("pub.server_by_version")));
    }

    /** The codebook is made from the comments. If this fails, copy the file that the message names. */
    @Test
    void theCodebookEqualsTheComments() throws IOException {
        var text = new StringWriter();
        try (var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord("file", "column", "value", "type", "meaning");
            database.jdbc()
                    .sql(Sql.named("publish/codebook"))
                    .query((row, _) -> csv.writeRecord(
                            row.getString("file"),
                            row.getString("column"),
                            row.getString("value"),
                            row.getString("type"),
                            row.getString("meaning")))
                    .list();
        }
        var made = Path.of("target", "codebook.csv");
        Files.writeString(made, text.toString());
        assertTrue(
                Files.exists(CODEBOOK) && Files.mismatch(made, CODEBOOK) == -1,
                () -> "datasets/codebook.csv differs from the comments. Replace it by batch-jobs/" + made);
    }
}
