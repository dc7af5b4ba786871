package org.starttlscensus.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Octets;

/** RFC 8461, section 3.2. */
class PolicyTextTest {

    private static final String GOOD = "version: STSv1\nmode: enforce\nmx: mx.example.org\nmax_age: 86400\n";

    @Test
    void linesEndInEitherWayAndComeInAnyOrder() {
        for (var text : List.of(
                GOOD,
                GOOD.stripTrailing(),
                GOOD.replace("\n", "\r\n"),
                GOOD.replace("\n", " \t\r\n"),
                GOOD.replace(": ", ":"),
                GOOD.replace(": ", ": \t "),
                GOOD + "\n\r\n",
                GOOD.replace("\n", "\n\n"),
                "max_age: 86400\nmx: mx.example.org\nmode: enforce\nversion: STSv1",
                GOOD + "comment: any text \u00fcber: this\n",
                GOOD + "Mode: none\n")) {
            var policy = valid(text).policy();
            assertEquals(MtaStsMode.ENFORCE, policy.mode(), text);
            assertEquals(86_400, policy.maxAgeSeconds(), text);
            assertEquals(
                    List.of("mx.example.org"),
                    policy.patterns().stream().map(MxPattern::text).toList(),
                    text);
        }
    }

    @Test
    void ofEqualNamesTheFirstCountsAndEveryMx() {
        var read = valid(GOOD + "mode: none\nmax_age: 1\nmx: *.example.net\nversion: STSv2\n");
        assertEquals(MtaStsMode.ENFORCE, read.policy().mode());
        assertEquals(86_400, read.policy().maxAgeSeconds());
        assertEquals(2, read.policy().patterns().size());
        assertEquals(read.policy(), read.lenient(), "the last version makes no valid policy");
        var last = valid(GOOD + "mode: testing\nmax_age: 1\n").lenient();
        assertEquals(MtaStsMode.TESTING, last.mode());
        assertEquals(1, last.maxAgeSeconds());
        invalid("mode: strict\n" + GOOD, PolicyFault.BAD_MODE);
        invalid("max_age: none\n" + GOOD, PolicyFault.BAD_MAX_AGE);
    }

    @Test
    void whatIsRequiredMustBeThere() {
        invalid("", PolicyFault.NO_VERSION, PolicyFault.NO_MODE, PolicyFault.NO_MAX_AGE);
        invalid(GOOD.replace("version: STSv1\n", ""), PolicyFault.NO_VERSION);
        invalid(GOOD.replace("mode: enforce\n", ""), PolicyFault.NO_MODE);
        invalid(GOOD.replace("max_age: 86400\n", ""), PolicyFault.NO_MAX_AGE);
        invalid(GOOD.replace("mx: mx.example.org\n", ""), PolicyFault.NO_MX);
        invalid(GOOD.replace("mx: mx.example.org\n", "").replace("enforce", "testing"), PolicyFault.NO_MX);
        var none = valid(GOOD.replace("mx: mx.example.org\n", "").replace("enforce", "none"));
        assertEquals(MtaStsMode.NONE, none.policy().mode());
    }

    @Test
    void valuesAreThoseOfTheGrammar() {
        for (var version : List.of("STSv2", "stsv1", "STSv1;")) {
            invalid(GOOD.replace("STSv1", version), PolicyFault.BAD_VERSION);
        }
        for (var mode : List.of("Enforce", "report", "enforce;", "enforce # all")) {
            invalid(GOOD.replace("enforce", mode), PolicyFault.BAD_MODE);
        }
        for (var age : List.of("31557601", "-1", "+1", "1.5", "86400s", "00000000001", "9999999999", "\u0661")) {
            invalid(GOOD.replace("86400", age), PolicyFault.BAD_MAX_AGE);
        }
        for (var age : List.of("0", "31557600", "0000000001")) {
            assertEquals(
                    Integer.parseInt(age),
                    valid(GOOD.replace("86400", age)).policy().maxAgeSeconds());
        }
    }

    @Test
    void aLineIsANameAColonAndAValue() {
        for (var line : List.of(
                "mx mx.example.org",
                "mx:",
                "mx: ",
                " mx: mx.example.org",
                "mx : mx.example.org",
                ": value",
                "_x: value",
                "x".repeat(33) + ": value",
                "# comment",
                "x: a\tb",
                "x: a\rb",
                "x: a\u0000b",
                "<html>")) {
            invalid(GOOD + line + "\n", PolicyFault.SYNTAX);
        }
        invalid("\ufeff" + GOOD, PolicyFault.NO_VERSION, PolicyFault.SYNTAX);
        invalid(
                GOOD.replace('\n', '\r'),
                PolicyFault.SYNTAX,
                PolicyFault.NO_VERSION,
                PolicyFault.NO_MODE,
                PolicyFault.NO_MAX_AGE);
    }

    /** What some senders' libraries do with it is told beside the verdict. */
    @Test
    void lenientSendersPassOverWhatTheyCannotRead() {
        var commented =
                assertInstanceOf(PolicyReading.InvalidPolicy.class, read("# ours\n" + GOOD + "mode: testing\n"));
        assertEquals(MtaStsMode.TESTING, commented.lenient().orElseThrow().mode());
        var first = assertInstanceOf(PolicyReading.InvalidPolicy.class, read("# ours\n" + GOOD + "mode: strict\n"));
        assertEquals(MtaStsMode.ENFORCE, first.lenient().orElseThrow().mode());
        var last = assertInstanceOf(PolicyReading.InvalidPolicy.class, read("mode: strict\n" + GOOD));
        assertEquals(MtaStsMode.ENFORCE, last.lenient().orElseThrow().mode());
        var none = assertInstanceOf(PolicyReading.InvalidPolicy.class, read("<html>"));
        assertTrue(none.lenient().isEmpty());
    }

    @Test
    void theSizeIsBounded() {
        var filling = "x: " + "y".repeat(PolicyText.MOST_OCTETS - GOOD.length() - 3);
        valid(GOOD + filling);
        invalid(GOOD + filling + "y", PolicyFault.TOO_LONG);
        var notUtf8 = PolicyReading.of(Octets.of(GOOD + "x: \u00ff"));
        assertEquals(PolicyReading.InvalidPolicy.of(PolicyFault.NOT_UTF_8), notUtf8);
    }

    @Test
    void theMediaTypeIsPlainText() {
        for (var right : List.of(
                "text/plain",
                "Text/PLAIN",
                "text/plain; charset=utf-8",
                "text/plain ; charset=utf-8",
                "text/plain;",
                " text/plain\t; a=b; c=d")) {
            assertTrue(PolicyMediaType.isRight(right), right);
        }
        for (var wrong : List.of(
                "",
                "text/html",
                "text/plainer",
                "text",
                "application/octet-stream",
                "text/plain, text/html",
                ";text/plain")) {
            assertTrue(!PolicyMediaType.isRight(wrong), wrong);
        }
    }

    private static PolicyReading.ValidPolicy valid(String text) {
        return assertInstanceOf(PolicyReading.ValidPolicy.class, read(text), text);
    }

    private static void invalid(String text, PolicyFault... faults) {
        var read = assertInstanceOf(PolicyReading.InvalidPolicy.class, read(text), text);
        assertEquals(Set.of(faults), read.faults(), text);
    }

    private static PolicyReading read(String text) {
        return PolicyReading.of(Octets.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
