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

/** Sends cases to a judging command as a program would, and reads its answers. */
final class Cases {

    private Cases() {}

    /** One answer for each case. */
    static List<JsonNode> answers(Function<InputStream, Object> command, List<Map<String, ?>> cases) {
        return answers(
                command, cases.stream().map(each -> Json.write(each) + "\n").collect(Collectors.joining()));
    }

    static List<JsonNode> answers(Function<InputStream, Object> command, String input) {
        return answers(command, input.getBytes(StandardCharsets.UTF_8));
    }

    static List<JsonNode> answers(Function<InputStream, Object> command, byte[] input) {
        return printed(command, input)
                .lines()
                .map(line -> Json.MAPPER.readTree(line))
                .toList();
    }

    static String printed(Function<InputStream, Object> command, byte[] input) {
        var out = new StringWriter();
        var judge = command.apply(new ByteArrayInputStream(input));
        var exit = new CommandLine(judge).setOut(new PrintWriter(out)).execute();
        assertEquals(0, exit, out::toString);
        var heading = heading((JudgeLinesCommand) judge);
        out.toString()
                .lines()
                .map(line -> Json.MAPPER.readTree(line))
                .forEach(answer -> JsonDocument.READ.check(
                        answer.has("error") ? "census judge, a line without an answer" : heading, answer));
        return out.toString();
    }

    private static String heading(JudgeLinesCommand judge) {
        return switch (judge) {
            case JudgeReplyCommand _ -> "census judge reply";
            case JudgeChainCommand _ -> "census judge chain";
            case JudgeNameCommand _ -> "census judge name";
            case JudgeDaneCommand _ -> "census judge dane";
            case JudgeMtaStsCommand _ -> "census judge mta-sts";
        };
    }
}
