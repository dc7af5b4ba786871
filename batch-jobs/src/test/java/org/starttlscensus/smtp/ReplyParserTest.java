package org.starttlscensus.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.SmtpReply;
import org.starttlscensus.smtp.ReplyParser.ParseProgress;

@DisplayName("The reply parser")
class ReplyParserTest {

    private static final Path REPLIES = Path.of("../../shared/vectors/smtp-replies/replies.tsv");

    @Nested
    class OfOctetsAsTheyCome {

        @Test
        void endsWithTheLastOctetOfTheFinalLineAndNotBefore() {
            assertEquals("MMMMMMMMM" + "MMMMMMMW", progress("250-one\r\n250 two\n"));
        }

        @Test
        void keepsEveryOctet() {
            var reply = whole("250-\0 n\u00fcl\r\n250 \u00ff\u001b[2J\n");
            assertEquals(List.of("\0 n\u00fcl", "\u00ff\u001b[2J"), reply.lines());
            assertEquals(Octets.of("250-\0 n\u00fcl\r\n250 \u00ff\u001b[2J\n"), reply.raw());
        }

        @Test
        void takesACarriageReturnInsideALineForText() {
            assertEquals(List.of("a\rb"), whole("220 a\rb\r\n").lines());
        }

        @Test
        void takesAnyNumberOfCarriageReturnsBeforeTheLineFeedForTheEndOfTheLine() {
            assertEquals("MMMMMW", progress("220\r\r\n"));
            assertEquals(List.of("a", "b"), whole("220-a\r\r\n220 b\r\r\r\n").lines());
        }

        @Test
        void readsACodeWithoutText() {
            assertEquals(List.of(""), whole("220\r\n").lines());
            assertEquals(List.of(""), whole("220 \n").lines());
        }

        @Test
        void believesTheLastLinesCode() {
            assertEquals(
                    421,
                    whole("250-mx.example.org\r\n421 too many connections\r\n").code());
            assertEquals(220, whole("554-go\r\n220 ahead\r\n").code());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "SSH-2.0-x\r\n",
                    "+OK\r\n",
                    "-ERR no\r\n",
                    "* OK IMAP4rev1\r\n",
                    "HTTP/1.0 400 Bad Request\r\n",
                    "RFB 003.008\n",
                    "\u0015\u0003\u0001\u0000\u0002\u0002\n"
                })
        void knowsAtTheFirstLineWhatIsAnotherProtocol(String line) {
            var octets = line.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            var parser = new ReplyParser();
            for (int i = 0; i < octets.length - 1; i++) assertEquals(ParseProgress.MORE, parser.take(octets[i]));
            assertEquals(ParseProgress.NOT_A_REPLY, parser.take(octets[octets.length - 1]));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\r\n",
                    "Welcome!\r\n",
                    "2200 x\r\n",
                    "22 x\r\n",
                    "220+x\r\n",
                    "120 x\r\n",
                    "600 x\r\n",
                    " 220 x\r\n",
                    "220\tx\r\n",
                    "220*****\r\n",
                    "*** ****\r\n"
                })
        void passesOverLinesWithoutACode(String line) {
            for (var text : List.of(line + "250-a\r\n250 b\r\n", "250-a\r\n" + line + "250 b\r\n")) {
                assertEquals("M".repeat(text.length() - 1) + "W", progress(text));
                var reply = whole(text);
                assertEquals(List.of("a", "b"), reply.lines());
                assertEquals(Octets.of(text), reply.raw());
                assertEquals(reply, SmtpReply.of(reply.raw()), "it is read alike from the database");
            }
        }

        @Test
        void neverTakesALineWithoutACodeForTheLast() {
            assertEquals("M".repeat(16), progress("220-mx\r\nthe end\n"));
        }
    }

    @Nested
    class AtItsLimits {

        @Test
        void takesALineOf4096OctetsAndNoLonger() {
            var text = "x".repeat(ReplyParser.LONGEST_LINE - "220 \r\n".length());
            assertTrue(progress("220 " + text + "\r\n").endsWith("W"));
            assertTrue(progress("220 " + text + "y\r").endsWith("T"));
        }

        @Test
        void takes512LinesAndNoMore() {
            assertTrue(progress("250-x\r\n".repeat(511) + "250 x\r\n").endsWith("W"));
            assertTrue(progress("250-x\r\n".repeat(512)).endsWith("T"));
            assertTrue(progress("250-x\r\n" + "x\n".repeat(511)).endsWith("T"));
        }
    }

    @Nested
    class OfATextThatIsThere {

        @Test
        void needsNoLineEnd() {
            assertEquals(
                    Optional.of(421), ReplyParser.parse("421 4.7.0 try later").map(SmtpReply::code));
            assertEquals(
                    Optional.of(List.of("a", "b")),
                    ReplyParser.parse("250-a\n250 b").map(SmtpReply::lines));
        }

        @Test
        void takesAQuotedRefusalThatBreaksOff() {
            assertEquals(
                    Optional.of(421),
                    ReplyParser.parse("421-4.7.0 too many connections").map(SmtpReply::code));
        }

        @Test
        void isTheFirstReplyInIt() {
            assertEquals(
                    Optional.of(List.of("a")), ReplyParser.parse("220 a\n220 b").map(SmtpReply::lines));
            assertEquals(
                    Optional.of(List.of("a", "c")),
                    ReplyParser.parse("\n250-a\nb\n250 c\nbye").map(SmtpReply::lines));
            assertEquals(
                    Optional.of(List.of("a")), ReplyParser.parse("250-a\nb").map(SmtpReply::lines));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "\n", "hello", "hello\nyou", "SSH-2.0-x\n220 mx", "220****"})
        void isEmptyForAnythingElse(String text) {
            assertEquals(Optional.empty(), ReplyParser.parse(text));
        }
    }

    /** Every reply of the corpus is one reply; what the corpus says is no SMTP is none. */
    @TestFactory
    Stream<DynamicTest> repliesOfTheRealWorld() throws IOException {
        assumeTrue(Files.exists(REPLIES), "skipped: no " + REPLIES);
        return Files.readAllLines(REPLIES).stream()
                .skip(1)
                .map(row -> row.split("\t", -1))
                .filter(row -> !row[3].isEmpty())
                .map(row -> DynamicTest.dynamicTest(row[0] + " " + row[3], () -> {
                    var reply = ReplyParser.parse(
                            Octets.of(row[3].replace("\\n", "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8)));
                    var code = row[6].equals("not_smtp") ? "" : row[1];
                    assertEquals(
                            code,
                            reply.map(found -> String.valueOf(found.code())).orElse(""));
                }));
    }

    private static SmtpReply whole(String text) {
        var parser = new ReplyParser();
        for (byte octet : Octets.of(text).toArray()) parser.take(octet);
        return parser.reply();
    }

    /** The first letter of what each octet brought. */
    private static String progress(String text) {
        var parser = new ReplyParser();
        var letters = new StringBuilder();
        for (byte octet : Octets.of(text).toArray())
            letters.append(parser.take(octet).name().charAt(0));
        return letters.toString();
    }
}
