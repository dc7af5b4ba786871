package org.starttlscensus.smtp;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.verdict.AttemptJudge;
import org.starttlscensus.verdict.Outcome;

/** Replies and servers from recorded collections: each is played to the census, which must end the session in order. */
@DisplayName("A reply of the real world")
class RealWorldIT {

    private static final Path REPLIES = Path.of("../../shared/vectors/smtp-replies/replies.tsv");
    private static final Path SERVERS = Path.of("../../shared/vectors/fake-mail-server");
    private static final Pattern SETTING = Pattern.compile(
            "(?m)^\\s*\"?(greeting|stls_response|ehlo|helo|starttls|quit)\"?: \"((?:[^\"\\\\]|\\\\.)*)\"",
            Pattern.CASE_INSENSITIVE);
    private static final String UNDER_TLS = "250-mx.example.org\r\n250 X-ONLY-UNDER-TLS\r\n";
    private static final Set<Outcome> NO_STARTTLS = Set.of(Outcome.NO_STARTTLS, Outcome.NO_STARTTLS_UNCONFIRMED);
    private static final List<String> ORDER = List.of("EHLO", "HELO", "STARTTLS", "TLS:EHLO", "TLS:QUIT", "QUIT");

    /** The phase of each kind of reply in the corpus. */
    private static final Map<String, CallPhase> PHASES = Map.of(
            "banner",
            CallPhase.BANNER,
            "ehlo",
            CallPhase.EHLO,
            "starttls",
            CallPhase.STARTTLS,
            "after-tls",
            CallPhase.AFTER_TLS);

    @TestFactory
    Stream<DynamicTest> isKeptAsItCameAndAnsweredWithQuit() throws IOException {
        assumeTrue(Files.exists(REPLIES), "skipped: no " + REPLIES);
        return Files.readAllLines(REPLIES).stream()
                .skip(1)
                .map(row -> row.split("\t", -1))
                .filter(row -> PHASES.containsKey(row[5]) && isComplete(row[3]))
                .flatMap(row -> Stream.of(true, false)
                        .map(heloIsWelcome -> DynamicTest.dynamicTest(
                                row[0] + " " + row[5] + (heloIsWelcome ? ", HELO welcome" : ""),
                                () -> served(
                                        PHASES.get(row[5]),
                                        row[3],
                                        heloIsWelcome,
                                        row[5].equals("ehlo") && row[6].equals("no_starttls")))));
    }

    @TestFactory
    Stream<DynamicTest> comesFromAServerThatIsLeftPolitely() throws IOException {
        assumeTrue(Files.isDirectory(SERVERS), "skipped: no " + SERVERS);
        try (var files = Files.walk(SERVERS)) {
            return files.filter(file -> file.toString().endsWith(".ron")).sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(
                            SERVERS.relativize(file).toString(),
                            () -> served(SERVERS.relativize(file).toString(), answersOf(file))));
        }
    }

    private static void served(CallPhase phase, String row, boolean heloIsWelcome, boolean saysNoStarttls)
            throws Exception {
        var reply = new String(row.replace("\\n", "\r\n").getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                + "\r\n";
        var key = switch (phase) {
            case BANNER -> "greeting";
            case EHLO -> "ehlo";
            case STARTTLS -> "starttls";
            case AFTER_TLS -> "tls:ehlo";
            case CONNECT, HANDSHAKE, QUIT -> throw new IllegalArgumentException("no reply belongs to " + phase);
        };
        // After a 500 or 502 to EHLO comes HELO, which gets the same reply or a 250.
        var answers =
                phase == CallPhase.EHLO && !heloIsWelcome ? Map.of(key, reply, "helo", reply) : Map.of(key, reply);
        try (var server = ScriptedMailServer.with(session -> serve(session, answers))) {
            var facts = Calls.at(server);
            var session = server.session();
            var kept = switch (phase) {
                case BANNER -> facts.banner();
                case EHLO -> facts.ehlo();
                case STARTTLS -> facts.starttls();
                case AFTER_TLS, CONNECT, HANDSHAKE, QUIT -> facts.afterTls();
            };
            assertEquals(
                    reply,
                    kept.map(found -> found.raw().latin1())
                            .orElse(facts.excerpt().latin1()));
            assertPolite(session, facts.ending());
            assertNothingOldUnderTls(facts, phase == CallPhase.AFTER_TLS ? reply : UNDER_TLS);
            if (!saysNoStarttls)
                assertFalse(
                        NO_STARTTLS.contains(outcome(facts)),
                        () -> outcome(facts) + " by " + ReplyClassifier.judge(facts));
        }
    }

    private static void served(String name, Map<String, String> answers) throws Exception {
        try (var server = ScriptedMailServer.with(session -> serve(session, answers))) {
            var facts = Calls.at(server);
            assertPolite(server.session(), facts.ending());
            assertNothingOldUnderTls(facts, UNDER_TLS);
            assertNotEquals(Outcome.LOCAL_ERROR, outcome(facts), () -> facts.toString());
            System.out.printf("%-45s %s%n", name, outcome(facts).label());
        }
    }

    private static Outcome outcome(Observation facts) {
        return AttemptJudge.of(facts, ReplyClassifier.judge(facts).meaning()).outcome();
    }

    /** Every octet of the reply under TLS was sent under TLS; none was sent before. */
    private static void assertNothingOldUnderTls(Observation facts, String sentUnderTls) {
        facts.afterTls()
                .ifPresent(reply -> assertEquals(sentUnderTls, reply.raw().latin1()));
        assertEquals(
                facts.afterTls().isPresent(),
                facts.ending() == Ending.COMPLETED || facts.phase() == CallPhase.AFTER_TLS);
    }

    private static void assertPolite(ScriptedSession session, Ending ending) {
        var verbs = session.commands().stream()
                .map(command -> command.split("[ \r]")[0])
                .toList();
        assertAll(
                () -> assertEquals(ScriptedSession.End.FIN, session.end()),
                () -> assertEquals(
                        verbs.stream()
                                .distinct()
                                .sorted((one, other) -> ORDER.indexOf(one) - ORDER.indexOf(other))
                                .toList(),
                        verbs),
                () -> assertTrue(ORDER.containsAll(verbs) && verbs.size() <= 5, verbs::toString),
                () -> assertEquals(
                        ending != Ending.NOT_SMTP,
                        !verbs.isEmpty() && verbs.getLast().endsWith("QUIT"),
                        () -> ending + " after " + verbs));
    }

    private static void serve(ScriptedSession session, Map<String, String> answers) throws IOException {
        session.send(answers.getOrDefault("greeting", "220 mx.example.org ESMTP\r\n"));
        var tls = "";
        while (true) {
            var verb = session.readCommand().strip().split(" ")[0].toLowerCase(Locale.ROOT);
            var answer = answers.getOrDefault(
                    tls + verb,
                    switch (verb) {
                        case "ehlo" -> tls.isEmpty() ? ScriptedSession.EHLO_WITH_STARTTLS : UNDER_TLS;
                        case "helo" -> "250 mx.example.org\r\n";
                        case "starttls" -> "220 Ready\r\n";
                        case "quit" -> "221 Bye\r\n";
                        default -> "";
                    });
            if (!answer.isEmpty()) session.send(answer);
            if (verb.equals("quit") || verb.isEmpty()) break;
            if (verb.equals("starttls") && answer.startsWith("2")) {
                session.startTls();
                tls = "tls:";
            }
        }
        session.awaitEnd();
    }

    private static boolean isComplete(String text) {
        return text.matches("(?s).*(?:^|\\\\n)(?:[2-5]\\d\\d (?:(?!\\\\n).)*|[A-Z+].*)");
    }

    private static Map<String, String> answersOf(Path file) throws IOException {
        var answers = new HashMap<String, String>();
        var matcher = SETTING.matcher(Files.readString(file));
        while (matcher.find()) {
            var key = matcher.group(1).toLowerCase(Locale.ROOT).replace("stls_response", "starttls");
            answers.put(
                    key,
                    Octets.of(matcher.group(2).replace("\\r", "\r").replace("\\n", "\n"))
                            .latin1());
        }
        return answers;
    }
}
