package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Puts cases to a judging command as a program would, and reads its answers back. */
final class Cases {

    private Cases() {}

    /** One answer a case. */
    static List<JsonNode> answers(Function<InputStream, Object> command, List<Map<String, ?>> cases) {
        return answers(command, cases.stream().map(each -> Json.write(each) + "\n").collect(Collectors.joining()));
    }

    static List<JsonNode> answers(Function<InputStream, Object> command, String input) {
        return answers(command, input.getBytes(StandardCharsets.UTF_8));
    }

    static List<JsonNode> answers(Function<InputStream, Object> command, byte[] input) {
        return printed(command, input).lines().map(line -> Json.MAPPER.readTree(line)).toList();
    }

    static String printed(Function<InputStream, Object> command, byte[] input) {
        var out = new StringWriter();
        var exit = new CommandLine(command.apply(new ByteArrayInputStream(input))).setOut(new PrintWriter(out)).execute();
        assertEquals(0, exit, out::toString);
        return out.toString();
    }
}
