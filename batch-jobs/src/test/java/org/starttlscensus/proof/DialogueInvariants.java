package org.starttlscensus.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.starttlscensus.lab.ServerBehavior;
import org.starttlscensus.lab.Session;
import org.starttlscensus.lab.Session.SessionEnding;
import org.starttlscensus.lab.Session.TlsHandshake;

/** The invariants on what the census sends in a session, whatever the servers answer. */
final class DialogueInvariants {

    private static final Pattern DIALOGUE = Pattern.compile("(EHLO( HELO)?( STARTTLS( EHLO)?)?( QUIT)?)?|QUIT");

    private final ServersView seen;

    DialogueInvariants(ServersView seen) {
        this.seen = seen;
    }

    /** I6, I7, I9 and I10. */
    List<Invariant> all() {
        return List.of(quits(), waiting(), commands(), handshakes());
    }

    private Invariant quits() {
        var withoutQuit = found(session -> session.greetedAt().isPresent()
                && session.ending() == SessionEnding.CLIENT_CLOSED
                && isNotBroken(session)
                && seen.behavior(session) != ServerBehavior.INJECTED);
        var reset = found(session -> session.ending() == SessionEnding.CLIENT_RESET);
        return new Invariant(
                "I6",
                "sessions that we ended without QUIT / by a reset",
                "0 / 0",
                "%d / %d of %,d"
                        .formatted(
                                withoutQuit.size(),
                                reset.size(),
                                seen.sessions().size()),
                joined(withoutQuit, reset));
    }

    private static boolean isNotBroken(Session session) {
        return session.tlsHandshake() == TlsHandshake.NONE || session.tlsHandshake() == TlsHandshake.FINISHED;
    }

    private Invariant waiting() {
        var early = found(session -> session.octetsBeforeGreeting() > 0);
        var outOfTurn = found(session -> session.octetsOutOfTurn() > 0);
        return new Invariant(
                "I7",
                "octets before the greeting; after an unanswered command; commands outstanding",
                "0; 0; 1",
                "%d; %d; %d"
                        .formatted(
                                sum(Session::octetsBeforeGreeting),
                                sum(Session::octetsOutOfTurn),
                                outOfTurn.isEmpty() ? 1 : 2),
                joined(early, outOfTurn));
    }

    private int sum(ToIntFunction<Session> octets) {
        return seen.sessions().stream().mapToInt(octets).sum();
    }

    private Invariant commands() {
        var unexpected = found(session -> !DIALOGUE.matcher(dialogue(session)).matches());
        int most = seen.sessions().stream()
                .mapToInt(session -> commandLines(session).size())
                .max()
                .orElse(0);
        var mail = found(session -> dialogue(session).matches(".*\\b(MAIL|RCPT|AUTH|VRFY|HELP|DATA)\\b.*"));
        return new Invariant(
                "I9",
                "sessions with other commands; most commands in one; MAIL, RCPT and the like",
                "0; 4 (5 muted or HELO); 0",
                "%d; %d; %d".formatted(unexpected.size(), most, mail.size()),
                joined(unexpected, mail));
    }

    private Invariant handshakes() {
        var broken = found(session -> session.tlsHandshake() == TlsHandshake.BROKEN_BY_CLIENT);
        long begun = seen.sessions().stream()
                .filter(session -> session.tlsHandshake() != TlsHandshake.NONE)
                .count();
        return new Invariant(
                "I10",
                "handshakes that we broke off, with any certificate",
                "0",
                "%d of %,d".formatted(broken.size(), begun),
                broken);
    }

    private List<String> found(Predicate<Session> wrong) {
        return seen.insideTheLimits().filter(wrong).map(Session::toString).toList();
    }

    private static List<String> joined(List<String> one, List<String> other) {
        var all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }

    /** The commands of the session. A server without TLS after its 220 logs our ClientHello as lines, left out here. */
    static List<String> commandLines(Session session) {
        return session.commands().stream()
                .takeWhile(command -> command.matches("[ -~]*"))
                .toList();
    }

    private static String dialogue(Session session) {
        return commandLines(session).stream()
                .map(command -> command.split(" ", 2)[0].toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }
}
