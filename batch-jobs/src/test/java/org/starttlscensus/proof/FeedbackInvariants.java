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

/** The invariants on refusals: how long a provider is not called, how calls resume, and what it costs the night. */
final class FeedbackInvariants {

    private static final Duration FIRST_BACK_OFF = Duration.ofMinutes(15);
    private static final Duration FIRST_GAP = Duration.ofSeconds(10);
    /** A connection that was started before we read the refusal may arrive this much later. */
    private static final Duration IN_FLIGHT = Duration.ofMillis(20);

    private static final Set<ServerBehavior> RATE =
            Set.of(ServerBehavior.TOO_MANY_CONNECTIONS, ServerBehavior.TOO_MANY_TLS_SESSIONS);
    private static final Set<ServerBehavior> BLOCK = Set.of(ServerBehavior.BLOCKED_421, ServerBehavior.BLOCKED_554);
    private static final String HOSTILE = "turncoat.test";
    /** Refuses with "too many" in its first minute and never later, so the whole recovery can be seen there. */
    private static final String BUSY_AT_FIRST = "busyatfirst.test";

    private final ServersView seen;
    /** The night's outcomes by {@code name[address]}. */
    private final Map<String, String> outcomes;

    FeedbackInvariants(ServersView seen, Map<String, String> outcomes) {
        this.seen = seen;
        this.outcomes = outcomes;
    }

    /** I4 and I5, which hold across crashes too. */
    List<Invariant> backOffs() {
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
                .anyMatch(log -> log.sessions().contains(session));
    }

    private boolean isBlock(Session session) {
        return session.admission() == AdmissionResult.BLOCKED || BLOCK.contains(seen.behavior(session));
    }

    private Invariant afterRates() {
        var violations = new ArrayList<String>();
        int rates = 0;
        long connections = 0;
        int together = 0;
        for (var entry : seen.charged.entrySet()) {
            var log = entry.getValue();
            for (var session : log.sessions()) {
                if (!isRate(session)) continue;
                rates++;
                var from = ServersView.answeredAt(session).plus(IN_FLIGHT);
                var until = ServersView.answeredAt(session).plus(seen.atLeast(FIRST_BACK_OFF));
                long tooSoon = log.begunBetween(from, until);
                connections += tooSoon;
                if (tooSoon > 0)
                    violations.add("%s: %d connections within 15 scaled minutes of %s"
                            .formatted(entry.getKey(), tooSoon, from));
                var first = firstAfter(log, until);
                if (first.isEmpty()) continue;
                int open = new ConnectionLog(log.sessions().stream()
                                .filter(other -> overlaps(other, first.get()))
                                .toList())
                        .peakOpen();
                together = Math.max(together, open);
                if (open > 1) violations.add("%s: the first after %s was not alone".formatted(entry.getKey(), until));
            }
        }
        return new Invariant(
                "I4",
                "connections within 15 min after a \"too many\"; open at once after that",
                "0; 1, the first one alone",
                "%d after %d; %d".formatted(connections, rates, together),
                violations);
    }

    private static boolean overlaps(Session one, Session other) {
        return one.startedAt().isBefore(other.endedAt()) && other.startedAt().isBefore(one.endedAt());
    }

    private static Optional<Session> firstAfter(ConnectionLog log, Instant moment) {
        return log.sessions().stream()
                .filter(session -> !session.startedAt().isBefore(moment))
                .findFirst();
    }

    private Invariant afterBlocks() {
        var violations = new ArrayList<String>();
        int blocking = 0;
        long later = 0;
        for (var entry : seen.charged.entrySet()) {
            int needed = seen.blocksNeeded(entry.getKey());
            var blocked = new HashSet<String>();
            Optional<Instant> second = Optional.empty();
            for (var session : entry.getValue().sessions()) {
                if (isBlock(session) && blocked.add(session.address().toString()) && blocked.size() == needed)
                    second = Optional.of(ServersView.answeredAt(session));
            }
            if (!blocked.isEmpty()) blocking++;
            if (second.isEmpty()) continue;
            long begun = entry.getValue().begunBetween(second.get().plus(IN_FLIGHT), Instant.MAX);
            later += begun;
            if (begun > 0) violations.add("%s: %d connections after its block".formatted(entry.getKey(), begun));
        }
        return new Invariant(
                "I5",
                "connections after a provider's second block, or a charged address's first, until the end of the night",
                "0",
                "%d at %d of them that block".formatted(later, blocking),
                violations);
    }

    private Invariant canaries() {
        var violations = new ArrayList<String>();
        Duration longest = Duration.ZERO;
        int measured = 0;
        int successes = 0;
        for (var entry : seen.providers.entrySet()) {
            var log = entry.getValue();
            var first = log.sessions().stream().filter(this::isRate).findFirst();
            if (first.isEmpty()) continue;
            var until = ServersView.answeredAt(first.get()).plus(seen.scaled(FIRST_BACK_OFF));
            var canary = firstAfter(log, until.minus(seen.scaled(FIRST_BACK_OFF).dividedBy(10)));
            if (canary.isEmpty()) continue;
            measured++;
            var late = Duration.between(until, canary.get().startedAt());
            if (late.compareTo(longest) > 0) longest = late;
            var bound = seen.scaled(FIRST_GAP).multipliedBy(2).plus(Duration.ofMillis(500));
            if (late.compareTo(bound) > 0)
                violations.add("%s: %d ms after the end of the back-off".formatted(entry.getKey(), late.toMillis()));
            successes = Math.max(successes, successesUntilFirstGap(log, canary.get()));
        }
        if (seen.providers.containsKey(BUSY_AT_FIRST) && successes == 0)
            violations.add("no provider's gap returned to its first value");
        if (successes > 11) violations.add(successes + " successes until the gap had its first value again");
        return new Invariant(
                "I17",
                "from a back-off's end to the canary; successes until the gap is restored",
                "<= %s; 10 per halving"
                        .formatted(ServersView.text(seen.scaled(FIRST_GAP).multipliedBy(2))),
                "%s of %d; %s".formatted(ServersView.text(longest), measured, successes == 0 ? "-" : "" + successes),
                violations);
    }

    /** How many sessions at the doubled gap follow a canary; 0 if a refusal or the end comes before the gap halves. */
    private int successesUntilFirstGap(ConnectionLog log, Session canary) {
        var later = log.sessions().stream()
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
        long sessions = 0;
        long refused = 0;
        var shares = new TreeMap<String, String>();
        for (var provider : limited) {
            var log = seen.providers.get(provider);
            if (log == null) continue;
            long limitedHere = log.count(AdmissionResult.LIMITED);
            shares.put(provider, "%d/%d".formatted(limitedHere, log.sessions().size()));
            sessions += log.sessions().size();
            refused += limitedHere;
        }
        var violations = new ArrayList<String>();
        if (refused * 20 > sessions)
            violations.add("%d of %d sessions were refused: %s".formatted(refused, sessions, shares));
        var unresolved = outcomes.entrySet().stream()
                .filter(entry -> limited.stream()
                        .anyMatch(provider -> !provider.equals(HOSTILE) && isAt(entry.getKey(), provider)))
                .filter(entry -> !entry.getValue().equals("starttls_ok"))
                .toList();
        unresolved.forEach(entry -> violations.add("%s came to %s".formatted(entry.getKey(), entry.getValue())));
        return new Invariant(
                "I18",
                "sessions refused by companies with limits; their servers not measured",
                "<= 5 %; 0",
                "%.1f %% of %,d; %d"
                        .formatted(sessions == 0 ? 0.0 : 100.0 * refused / sessions, sessions, unresolved.size()),
                violations);
    }

    private Invariant completeness() {
        var refusing = Set.of("graymail.test", "firstminute.test");
        var servers = outcomes.entrySet().stream()
                .filter(entry -> refusing.stream().anyMatch(provider -> isAt(entry.getKey(), provider)))
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
