package org.starttlscensus.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.starttlscensus.lab.ConnectionLog;
import org.starttlscensus.lab.ServerBehavior;
import org.starttlscensus.lab.Session;
import org.starttlscensus.lab.Session.AdmissionResult;

/** The invariants on what a refusal does: who is left alone, for how long, how we come back, and what it costs the night. */
final class FeedbackStory {

    private static final Duration FIRST_SUSPENSION = Duration.ofMinutes(15);
    private static final Duration FIRST_GAP = Duration.ofSeconds(10);
    /** What has been permitted is launched up to a second before we hear; on loopback a packet is under way for no time. */
    private static final Duration UNDER_WAY = Duration.ofMillis(20);

    private static final Set<ServerBehavior> RATE =
            Set.of(ServerBehavior.TOO_MANY_CONNECTIONS, ServerBehavior.TOO_MANY_TLS_SESSIONS);
    private static final Set<ServerBehavior> BLOCK = Set.of(ServerBehavior.BLOCKED_421, ServerBehavior.BLOCKED_554);
    private static final String HOSTILE = "turncoat.test";
    /** Says "too many" to whoever comes in its first minute, and to nobody later: there the way back is seen to its end. */
    private static final String BUSY_AT_FIRST = "busyatfirst.test";

    private final ServersView seen;
    /** By {@code name[address]}, as the night was judged. */
    private final Map<String, String> outcomes;

    FeedbackStory(ServersView seen, Map<String, String> outcomes) {
        this.seen = seen;
        this.outcomes = outcomes;
    }

    /** I4 and I5: those that hold across crashes too. */
    List<Invariant> suspensions() {
        return List.of(afterRates(), afterBlocks());
    }

    /** I17 to I19. */
    List<Invariant> recovery() {
        return List.of(canaries(), goodput(), completeness());
    }

    private boolean isRate(Session session) {
        return session.admission() == AdmissionResult.LIMITED
                || (session.admission() == AdmissionResult.CLOSED && isOf(session, BUSY_AT_FIRST))
                || (RATE.contains(seen.behavior(session)) && session.admission() == AdmissionResult.SERVED);
    }

    private boolean isOf(Session session, String provider) {
        return Optional.ofNullable(seen.providers.get(provider)).stream()
                .anyMatch(book -> book.sessions().contains(session));
    }

    private boolean isBlock(Session session) {
        return session.admission() == AdmissionResult.BLOCKED || BLOCK.contains(seen.behavior(session));
    }

    private Invariant afterRates() {
        var violations = new ArrayList<String>();
        int rates = 0;
        long connections = 0;
        int together = 0;
        for (var entry : seen.providers.entrySet()) {
            var book = entry.getValue();
            for (var session : book.sessions()) {
                if (!isRate(session)) continue;
                rates++;
                var said = ServersView.heardAt(session).plus(UNDER_WAY);
                var until = ServersView.heardAt(session).plus(seen.atLeast(FIRST_SUSPENSION));
                long tooSoon = book.begunBetween(said, until);
                connections += tooSoon;
                if (tooSoon > 0)
                    violations.add("%s: %d connections within 15 scaled minutes of %s"
                            .formatted(entry.getKey(), tooSoon, said));
                var first = firstBehind(book, until);
                if (first.isEmpty()) continue;
                int company = new ConnectionLog(book.sessions().stream()
                                .filter(other -> overlaps(other, first.get()))
                                .toList())
                        .peakOpen();
                together = Math.max(together, company);
                if (company > 1)
                    violations.add("%s: the first behind %s was not alone".formatted(entry.getKey(), until));
            }
        }
        return new Invariant(
                "I4",
                "connections within 15 min of a \"too many\"; open at once when it is over",
                "0; 1, the first one alone",
                "%d behind %d; %d".formatted(connections, rates, together),
                violations);
    }

    private static boolean overlaps(Session one, Session other) {
        return one.startedAt().isBefore(other.endedAt()) && other.startedAt().isBefore(one.endedAt());
    }

    private static Optional<Session> firstBehind(ConnectionLog book, Instant moment) {
        return book.sessions().stream()
                .filter(session -> !session.startedAt().isBefore(moment))
                .findFirst();
    }

    private Invariant afterBlocks() {
        var violations = new ArrayList<String>();
        int blocking = 0;
        long later = 0;
        for (var entry : seen.providers.entrySet()) {
            var blocked = new HashSet<String>();
            Optional<Instant> second = Optional.empty();
            for (var session : entry.getValue().sessions()) {
                if (isBlock(session) && blocked.add(session.address().toString()) && blocked.size() == 2)
                    second = Optional.of(ServersView.heardAt(session));
            }
            if (!blocked.isEmpty()) blocking++;
            if (second.isEmpty()) continue;
            long begun = entry.getValue().begunBetween(second.get().plus(UNDER_WAY), Instant.MAX);
            later += begun;
            if (begun > 0)
                violations.add("%s: %d connections behind its second block".formatted(entry.getKey(), begun));
        }
        return new Invariant(
                "I5",
                "connections behind a provider's second block, until the end of the night",
                "0",
                "%d at %d providers that block".formatted(later, blocking),
                violations);
    }

    private Invariant canaries() {
        var violations = new ArrayList<String>();
        Duration longest = Duration.ZERO;
        int measured = 0;
        int successes = 0;
        for (var entry : seen.providers.entrySet()) {
            var book = entry.getValue();
            var first = book.sessions().stream().filter(this::isRate).findFirst();
            if (first.isEmpty()) continue;
            var until = ServersView.heardAt(first.get()).plus(seen.scaled(FIRST_SUSPENSION));
            var canary =
                    firstBehind(book, until.minus(seen.scaled(FIRST_SUSPENSION).dividedBy(10)));
            if (canary.isEmpty()) continue;
            measured++;
            var late = Duration.between(until, canary.get().startedAt());
            if (late.compareTo(longest) > 0) longest = late;
            var bound = seen.scaled(FIRST_GAP).multipliedBy(2).plus(Duration.ofMillis(500));
            if (late.compareTo(bound) > 0)
                violations.add("%s: %d ms behind the suspension's end".formatted(entry.getKey(), late.toMillis()));
            successes = Math.max(successes, untilTheOldGap(book, canary.get()));
        }
        if (seen.providers.containsKey(BUSY_AT_FIRST) && successes == 0)
            violations.add("nobody's gap became the old one again");
        if (successes > 11) violations.add(successes + " successes until the gap was the old one");
        return new Invariant(
                "I17",
                "from a suspension's end to the canary; successes until the gap is the old one",
                "<= %s; 10 a halving"
                        .formatted(Manners.words(seen.scaled(FIRST_GAP).multipliedBy(2))),
                "%s of %d; %s".formatted(Manners.words(longest), measured, successes == 0 ? "-" : "" + successes),
                violations);
    }

    /** How many visits at the doubled gap follow a canary; 0 where another refusal, or the end, comes before the gap is the old one. */
    private int untilTheOldGap(ConnectionLog book, Session canary) {
        var later = book.sessions().stream()
                .filter(session -> !session.startedAt().isBefore(canary.startedAt()))
                .toList();
        var halfway = seen.scaled(FIRST_GAP).multipliedBy(3).dividedBy(4);
        for (int i = 1; i < later.size(); i++) {
            if (later.get(i).admission() != AdmissionResult.SERVED) return 0;
            if (Duration.between(later.get(i - 1).startedAt(), later.get(i).startedAt())
                            .compareTo(halfway)
                    < 0) return i;
        }
        return 0;
    }

    private Invariant goodput() {
        var limited = Set.of("swiftmail.test", "oneatatime.test", "fewaminute.test", "twoaminute.test", HOSTILE);
        long visits = 0;
        long refused = 0;
        var shares = new TreeMap<String, String>();
        for (var provider : limited) {
            var book = seen.providers.get(provider);
            if (book == null) continue;
            long turnedAway = book.count(AdmissionResult.LIMITED);
            shares.put(provider, "%d/%d".formatted(turnedAway, book.sessions().size()));
            visits += book.sessions().size();
            refused += turnedAway;
        }
        var violations = new ArrayList<String>();
        if (refused * 20 > visits)
            violations.add("%d of %d sessions were turned away: %s".formatted(refused, visits, shares));
        var unresolved = outcomes.entrySet().stream()
                .filter(entry -> limited.stream()
                        .anyMatch(provider -> !provider.equals(HOSTILE) && isAt(entry.getKey(), provider)))
                .filter(entry -> !entry.getValue().equals("starttls_ok"))
                .toList();
        unresolved.forEach(entry -> violations.add("%s came to %s".formatted(entry.getKey(), entry.getValue())));
        return new Invariant(
                "I18",
                "sessions turned away by houses with limits; their servers not measured the same night",
                "<= 5 %; 0",
                "%.1f %% of %,d; %d".formatted(visits == 0 ? 0.0 : 100.0 * refused / visits, visits, unresolved.size()),
                violations);
    }

    private Invariant completeness() {
        var shy = Set.of("graymail.test", "firstminute.test");
        var servers = outcomes.entrySet().stream()
                .filter(entry -> shy.stream().anyMatch(provider -> isAt(entry.getKey(), provider)))
                .toList();
        var open = servers.stream()
                .filter(entry -> !entry.getValue().equals("starttls_ok")
                        && !entry.getValue().equals("no_starttls"))
                .map(entry -> "%s came to %s".formatted(entry.getKey(), entry.getValue()))
                .toList();
        return new Invariant(
                "I19",
                "servers measured among those that refuse at first (greylist 5 min, 421 in the first minute)",
                "100 %",
                "%d of %d".formatted(servers.size() - open.size(), servers.size()),
                open);
    }

    private static boolean isAt(String server, String provider) {
        return server.contains("." + provider + "[");
    }
}
