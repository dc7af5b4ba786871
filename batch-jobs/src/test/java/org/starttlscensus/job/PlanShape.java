package org.starttlscensus.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.Database;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** PostgreSQL's plan of one of the program's statements: {@code EXPLAIN}, without running it. */
record PlanShape(JsonNode root) {

    private static final double MANY = 500;

    /** As the roll-up of domains makes them. */
    private static final List<String> WORKING_TABLES = List.of(
            "tonight/stage",
            "tonight/add_domains",
            "tonight/add_servers",
            "tonight/add_hosts",
            "tonight/add_answers",
            "tonight/statistics",
            "verdict/stage_domains");

    static PlanShape of(Database database, String statement, CensusNight night) {
        return database.transactions().execute(_ -> of(JdbcClient.create(database.dataSource()), statement, night));
    }

    /** Of a statement that reads the night's routes from working tables. */
    static PlanShape ofTonight(Database database, String statement, CensusNight night) {
        return database.transactions().execute(_ -> {
            var jdbc = JdbcClient.create(database.dataSource());
            for (var part : WORKING_TABLES) {
                jdbc.sql(statement("/sql/statements/" + part + ".sql"))
                        .param("night", night.date())
                        .param("method_version", "1")
                        .update();
            }
            return of(jdbc, statement, night);
        });
    }

    /** Of the last of these statements as it ran after the others; all of it is rolled back. */
    static PlanShape asExecuted(Database database, CensusNight night, String... statements) {
        return database.transactions().execute(transaction -> {
            transaction.setRollbackOnly();
            var jdbc = JdbcClient.create(database.dataSource());
            for (var part : statements) {
                if (part.equals(statements[statements.length - 1])) break;
                jdbc.sql(statement("/sql/statements/" + part + ".sql"))
                        .param("night", night.date())
                        .param("only", null)
                        .update();
            }
            return of(jdbc, statements[statements.length - 1], night, "ANALYZE, TIMING OFF, FORMAT JSON");
        });
    }

    private static PlanShape of(JdbcClient jdbc, String statement, CensusNight night) {
        return of(jdbc, statement, night, "FORMAT JSON");
    }

    private static PlanShape of(JdbcClient jdbc, String statement, CensusNight night, String options) {
        var sql = "EXPLAIN (" + options + ") " + statement("/sql/statements/" + statement + ".sql");
        var found = jdbc.sql(sql)
                .param("night", night.date())
                .param("after", 0)
                .param("most", 500)
                .param("method_version", "1")
                .param("known_until", "infinity") // as in the night's own judging
                .param("questions", new String[] {"tls_1_0", "tls_1_1"})
                .param("providers", new String[0])
                .param("suspensions", new int[0])
                .param("suspended_addresses", new int[0])
                .query(String.class)
                .single();
        return new PlanShape(JsonMapper.shared().readTree(found).get(0).get("Plan"));
    }

    static String statement(String resource) {
        try (var in = PlanShape.class.getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException("no statement " + resource);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Scans of many rows that are repeated for each row of another node. */
    List<String> readOverAndOver() {
        return nodes(root)
                .filter(node -> type(node).equals("Nested Loop"))
                // a night has one row of a version there, by its key
                .filter(node -> !table(node.get("Plans").get(0)).equals(Optional.of("night_version")))
                .map(node -> node.get("Plans").get(1))
                .flatMap(PlanShape::nodes)
                .filter(node -> Set.of("Seq Scan", "CTE Scan").contains(type(node)))
                .filter(node -> node.get("Plan Rows").asDouble() > MANY)
                .map(node -> type(node) + " "
                        + table(node).orElseGet(() -> node.get("CTE Name").asString()))
                .toList();
    }

    /** Inner sides of nested loops that were run many times and that no index leads to: whatever the planner expected. */
    List<String> ranOverAndOver() {
        return nodes(root)
                .filter(node -> type(node).equals("Nested Loop"))
                .map(node -> node.get("Plans").get(1))
                .filter(node -> node.get("Actual Loops").asDouble() > MANY)
                .filter(node -> nodes(node).noneMatch(below -> type(below).startsWith("Index")))
                // two constants for each row are no table
                .filter(node -> !type(node).equals("Values Scan"))
                .map(PlanShape::type)
                .toList();
    }

    /** The index by which each of those tables is read, if any. */
    List<String> reads(String... tables) {
        return nodes(root)
                .filter(node -> table(node).filter(List.of(tables)::contains).isPresent())
                .map(node -> table(node).get() + " by "
                        + (node.has("Index Name") ? node.get("Index Name").asString() : type(node)))
                .distinct()
                .sorted()
                .toList();
    }

    private static String type(JsonNode node) {
        return node.get("Node Type").asString();
    }

    private static Optional<String> table(JsonNode node) {
        return Optional.ofNullable(node.get("Relation Name")).map(JsonNode::asString);
    }

    private static Stream<JsonNode> nodes(JsonNode node) {
        var below = new ArrayList<JsonNode>();
        if (node.has("Plans")) node.get("Plans").forEach(below::add);
        return Stream.concat(Stream.of(node), below.stream().flatMap(PlanShape::nodes));
    }
}
