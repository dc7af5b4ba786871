package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabOptions;
import org.starttlscensus.lab.ServerBehavior;
import org.starttlscensus.store.EmptyDatabase;
import picocli.CommandLine;

/** Two nights over servers of every kind, one of which asks us to wait for 3.2 days, and all that is told of them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LookingCommandsIT {

    /** What only a reader of the source understands. */
    private static final Pattern OURS = Pattern.compile(
            "\\bP(?:T|\\d+D)[\\d.]*[HMSDT\\d]|\\bpermits?\\b|\\balone\\b|\\bepoch\\b|\\bcanary\\b|Optional[\\[.]"
                    + "|(?<!:)\\bnull\\b(?! MX)|process died|excluded",
            Pattern.CASE_INSENSITIVE);

    @TempDir
    private static Path directory;

    private static CheckedLab world;
    private static Path list;
    private static String blocked;
    private static Endpoint blocking;

    @BeforeAll
    static void open() throws Exception {
        var lab = Lab.open(
                LabOptions.in(directory.resolve("lab")).withPatience(0.05).withTimeScale(0.002));
        world = new CheckedLab(directory, lab, EmptyDatabase.in(directory.resolve("pg")));
        blocking = lab.universe().endpoints().entrySet().stream()
                .filter(server -> server.getValue() == ServerBehavior.BLOCKED_421)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        blocked = domainOf(blocking);
        var domains = new ArrayList<>(List.of(blocked));
        for (var behavior : ServerBehavior.values())
            lab.universe().endpoints().entrySet().stream()
                    .filter(server -> server.getValue() == behavior)
                    .map(server -> domainOf(server.getKey()))
                    .filter(domain -> !domain.isEmpty())
                    .findFirst()
                    .ifPresent(domains::add);
        list = Files.write(
                directory.resolve("list.txt"), domains.stream().distinct().toList());
    }

    @AfterAll
    static void close() throws Exception {
        world.close();
    }

    /** A domain of the lab whose mail goes to this server; empty if it has none. */
    private static String domainOf(Endpoint endpoint) {
        return world.lab().universe().domains().stream()
                .filter(domain ->
                        domain.exchanges().stream().anyMatch(mx -> mx.host().equals(endpoint.mxHost())))
                .map(domain -> domain.domain().ascii())
                .findFirst()
                .orElse("");
    }

    private static void forPeople(String text) {
        var ours = OURS.matcher(text);
        if (ours.find())
            throw new AssertionError("\"%s\" is no word for people, in\n%s"
                    .formatted(
                            ours.group(),
                            text.substring(
                                    Math.max(0, ours.start() - 300), Math.min(text.length(), ours.end() + 100))));
    }

    private static String told(String... arguments) {
        var told = world.census(arguments);
        assertEquals(0, told.exit(), told::all);
        if (!List.of(arguments).contains("--json")) forPeople(told.all());
        return told.out();
    }

    private static void assertTells(String text, String... parts) {
        for (var part : parts) assertTrue(text.contains(part), () -> part + " is not in\n" + text);
    }

    @Test
    @Order(1)
    void whatBlocksUsIsToldWithItsReasonAndItsReply() {
        told(
                "run",
                "--list",
                list.toString(),
                "--night",
                "2030-01-01",
                "--out",
                directory.resolve("one").toString());
        assertTells(
                told("explain", "--address", blocking.address().toString()),
                "refusals    a refusal",
                "left out",
                "refused us in night 2030-01-01; it is called again in night 2030-01-03",
                "its reply",
                blocking.mxHost().ascii() + " [" + blocking.address() + "]: 421 4.7.1 Client host",
                "asked us on ",
                " to wait 3 days 4 h (\"expected removal in 3.2 days\"): in this lab, whose waits are 500 times shorter, "
                        + "until ",
                "; it may be called again after that",
                "This is a lab: its waits are 500 times shorter than real ones.",
                ": it refused us because of our address or reputation");
    }

    @Test
    @Order(2)
    void theNextNightLeavesItOutAndSaysWhy() {
        told(
                "run",
                "--list",
                list.toString(),
                "--night",
                "2030-01-02",
                "--out",
                directory.resolve("two").toString());
        assertTells(
                told("explain", "--address", blocking.address().toString()),
                "connections none",
                "provider    ",
                "not called: its provider had refused our calls",
                "asked us on ",
                "421 4.7.1 Client host");
        assertTells(told("explain", blocked), "blocked us on 2030-01-01");
        assertTells(
                told("provider", "list", "--all"),
                "not called until ",
                "asked us on ",
                "(\"expected removal in 3.2 days\")");
        assertTells(
                told("status"),
                "Left out: ",
                "(\"expected removal in 3.2 days\"): in this lab, whose waits are 500 times shorter, until ",
                "This is a lab: its waits are ");
        var json = Json.MAPPER.readTree(
                told("explain", "--address", blocking.address().toString(), "--json"));
        assertEquals(
                "expected removal in 3.2 days",
                json.get("asked_to_wait").get(0).get("words").asString());
        assertEquals(276_480, json.get("asked_to_wait").get(0).get("seconds").asInt());
    }

    @Test
    @Order(3)
    void noCommandThatLooksNeedsTheSource() throws Exception {
        told("simulate");
        told("trust-store", "list");
        for (var night : List.of("2030-01-01", "2030-01-02")) {
            told("status", "--night", night);
            told("provider", "list", "--night", night);
            for (var domain : Files.readAllLines(list)) told("explain", domain, "--night", night);
        }
        for (var endpoint : world.lab().universe().endpoints().keySet()) {
            if (!domainOf(endpoint).isEmpty() && Files.readAllLines(list).contains(domainOf(endpoint)))
                told("explain", "--address", endpoint.address().toString(), "--night", "2030-01-01");
        }
        told("check", blocked);
    }

    @Test
    @Order(4)
    void theOperatorsWordEndsTheWait() {
        var provider = Json.MAPPER
                .readTree(told("explain", "--address", blocking.address().toString(), "--json"))
                .get("provider")
                .asString();
        told("provider", "resume", provider);
        var text = told("explain", "--address", blocking.address().toString());
        assertTrue(!text.contains("asked us on") && !text.contains("left out"), text);
    }

    @Test
    @Order(5)
    void helpIsForPeopleToo() {
        help(Census.commandLine(System.out, System.err));
    }

    private static void help(CommandLine command) {
        forPeople(command.getUsageMessage().replace("null", "")); // a value of JSON
        command.getSubcommands().values().stream().forEach(LookingCommandsIT::help);
    }
}
