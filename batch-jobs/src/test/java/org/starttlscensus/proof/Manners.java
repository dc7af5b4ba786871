package org.starttlscensus.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Address;
import org.starttlscensus.lab.ConnectionLog;
import org.starttlscensus.lab.ServerBehavior;
import org.starttlscensus.lab.Session;
import org.starttlscensus.lab.Session.SessionEnding;
import org.starttlscensus.lab.Session.TlsHandshake;

/** The invariants that hold for every night, whatever the servers answer. */
final class Manners {

    private static final Pattern DIALOGUE = Pattern.compile("(EHLO( HELO)?( STARTTLS( EHLO)?)?( QUIT)?)?|QUIT");

    private final ServersView seen;

    Manners(ServersView seen) {
        this.seen = seen;
    }

    /** I1 to I3: those that hold across crashes too. */
    List<Invariant> counts() {
        var addresses = ServersView.each(seen.addresses, ConnectionLog::peakOpen);
        var prefixes = ServersView.each(seen.prefixes, ConnectionLog::peakOpen);
        var providers = ServersView.each(seen.providers, ConnectionLog::peakOpen);
        var open = new ArrayList<>(ServersView.above(addresses, 1));
        open.addAll(ServersView.above(prefixes, 2));
        open.addAll(ServersView.above(providers, 2));
        var gaps = new ArrayList<>(ServersView.closer(seen.addresses, seen.atLeast(Duration.ofSeconds(30))));
        gaps.addAll(ServersView.closer(seen.providers, seen.atLeast(Duration.ofSeconds(5))));
        var minute = seen.scaled(Duration.ofMinutes(1));
        var perProvider = ServersView.each(seen.providers, book -> book.mostWithin(minute));
        var perPrefix = ServersView.each(seen.prefixes, book -> book.mostWithin(minute));
        var rushed = new ArrayList<>(ServersView.above(perProvider, 13));
        rushed.addAll(ServersView.above(perPrefix, 11));
        return List.of(
                new Invariant(
                        "I1",
                        "most sessions at once per address / prefix / provider",
                        "1 / 2 / 2",
                        "%d / %d / %d"
                                .formatted(
                                        ServersView.most(addresses),
                                        ServersView.most(prefixes),
                                        ServersView.most(providers)),
                        open),
                new Invariant(
                        "I2",
                        "least start to start per address; per provider",
                        ">= %s; >= %s"
                                .formatted(
                                        words(seen.scaled(Duration.ofSeconds(30))),
                                        words(seen.scaled(Duration.ofSeconds(5)))),
                        "%s; %s".formatted(shortest(seen.addresses), shortest(seen.providers)),
                        gaps),
                new Invariant(
                        "I3",
                        "most connections in any minute (%s here) per provider / prefix".formatted(words(minute)),
                        "12 / 10",
                        "%d / %d".formatted(ServersView.most(perProvider), ServersView.most(perPrefix)),
                        rushed));
    }

    private static String shortest(Map<String, ConnectionLog> books) {
        return ServersView.shortest(books).map(Manners::words).orElse("-");
    }

    /** I6 to I12 and I15. */
    List<Invariant> conduct() {
        return List.of(goodbyes(), patience(), names(), commands(), handshakes(), totals(), dedupe(), precedence());
    }

    private Invariant goodbyes() {
        var silent = found(session -> session.greetedAt().isPresent()
                && session.ending() == SessionEnding.CLIENT_CLOSED
                && isNotBroken(session)
                && seen.behavior(session) != ServerBehavior.INJECTED);
        var reset = found(session -> session.ending() == SessionEnding.CLIENT_RESET);
        return new Invariant(
                "I6",
                "sessions left by us without QUIT / by a reset",
                "0 / 0",
                "%d / %d of %,d"
                        .formatted(silent.size(), reset.size(), seen.sessions().size()),
                joined(silent, reset));
    }

    private static boolean isNotBroken(Session session) {
        return session.tlsHandshake() == TlsHandshake.NONE || session.tlsHandshake() == TlsHandshake.FINISHED;
    }

    private Invariant patience() {
        var early = found(session -> session.octetsBeforeGreeting() > 0);
        var outOfTurn = found(session -> session.octetsOutOfTurn() > 0);
        return new Invariant(
                "I7",
                "octets before the greeting; behind an unanswered command; commands outstanding",
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

    private Invariant names() {
        var names = seen.sessions().stream()
                .flatMap(session -> spoken(session).stream())
                .filter(command -> command.matches("(?i)(EHLO|HELO) .*"))
                .map(command -> command.substring(5))
                .collect(Collectors.toCollection(TreeSet::new));
        var ours = seen.lab.settings().get("census.smtp.ehlo-name");
        var others = names.stream().filter(name -> !name.equals(ours)).toList();
        return new Invariant(
                "I8",
                "EHLO names; equal to the configured one",
                "1; 100 %",
                "%d; %s".formatted(names.size(), others.isEmpty() ? "100 %" : "others too"),
                others);
    }

    private Invariant commands() {
        var odd = found(session -> !DIALOGUE.matcher(dialogue(session)).matches());
        int most = seen.sessions().stream()
                .mapToInt(session -> spoken(session).size())
                .max()
                .orElse(0);
        var mail = found(session -> dialogue(session).matches(".*\\b(MAIL|RCPT|AUTH|VRFY|HELP|DATA)\\b.*"));
        return new Invariant(
                "I9",
                "commands out of the dialogue; most in a session; MAIL and its like",
                "0; 4 (5 muted or HELO); 0",
                "%d; %d; %d".formatted(odd.size(), most, mail.size()),
                joined(odd, mail));
    }

    private Invariant handshakes() {
        var broken = found(session -> session.tlsHandshake() == TlsHandshake.BROKEN_BY_CLIENT);
        long begun = seen.sessions().stream()
                .filter(session -> session.tlsHandshake() != TlsHandshake.NONE)
                .count();
        return new Invariant(
                "I10",
                "handshakes that we broke off, whatever the certificate",
                "0",
                "%d of %,d".formatted(broken.size(), begun),
                broken);
    }

    /** Servers do not see by which name they are called: where an address has one name, its visits are that endpoint's attempts. */
    private Invariant totals() {
        var violations = new ArrayList<String>();
        int most = 0;
        var single = new TreeMap<String, ConnectionLog>();
        for (var entry : seen.addresses.entrySet()) {
            int visits = entry.getValue().sessions().size();
            var address = Address.of(entry.getKey());
            most = Math.max(most, visits);
            if (visits > 2 + seen.sampledNames(address))
                violations.add(entry.getKey() + " was called " + visits + " times");
            if (seen.sampledNames(address) == 1) single.put(entry.getKey(), entry.getValue());
        }
        var attempts = ServersView.each(single, book -> book.sessions().size());
        violations.addAll(ServersView.above(attempts, 3));
        violations.addAll(ServersView.closer(single, seen.atLeast(Duration.ofMinutes(30))));
        return new Invariant(
                "I11",
                "attempts per endpoint; calls per address (2 and one a name); least between attempts",
                "3; kept; >= %s".formatted(words(seen.scaled(Duration.ofMinutes(30)))),
                "%d; most %d; %s".formatted(ServersView.most(attempts), most, shortest(single)),
                violations);
    }

    private Invariant dedupe() {
        var company = "manydomains.test";
        var domains = seen.lab.universe().providers().getOrDefault(company, 0);
        int calls = Optional.ofNullable(seen.providers.get(company))
                .map(book -> book.sessions().size())
                .orElse(0);
        int most = 2 * 2; // servers, and each may be asked one question of the old-version campaign
        return new Invariant(
                "I12",
                "connections for %,d domains on one provider with 2 addresses and one name".formatted(domains),
                "" + most,
                "" + calls,
                calls > most ? List.of(company + " saw " + calls) : List.of());
    }

    /** A backup is a server that is of best preference for nobody. */
    private Invariant precedence() {
        var violations = new TreeSet<String>();
        var best = new HashSet<String>();
        var hosts = seen.lab.universe().endpoints().keySet().stream()
                .collect(Collectors.groupingBy(
                        endpoint -> endpoint.mxHost().ascii(),
                        Collectors.mapping(endpoint -> endpoint.address().toString(), Collectors.toList())));
        seen.lab.universe().domains().stream()
                .filter(domain -> !domain.exchanges().isEmpty())
                .forEach(domain -> best.add(domain.exchanges().getFirst().host().ascii()));
        int backups = 0;
        for (var domain : seen.lab.universe().domains()) {
            if (domain.exchanges().size() < 2) continue;
            var primaries =
                    hosts.getOrDefault(domain.exchanges().getFirst().host().ascii(), List.of());
            for (var other : domain.exchanges().subList(1, domain.exchanges().size())) {
                if (best.contains(other.host().ascii())) continue;
                backups++;
                for (var address : hosts.getOrDefault(other.host().ascii(), List.of()))
                    violations.addAll(early(address, primaries));
            }
        }
        return new Invariant(
                "I15",
                "backups called before their primary was done or parked (opt-outs come later)",
                "0",
                "%d of %,d".formatted(violations.size(), backups),
                List.copyOf(violations));
    }

    private List<String> early(String backup, List<String> primaries) {
        if (!seen.addresses.containsKey(backup)) return List.of();
        var first = seen.addresses.get(backup).sessions().getFirst().startedAt();
        return primaries.stream()
                .filter(seen.addresses::containsKey)
                .map(primary -> seen.addresses.get(primary).sessions().getFirst())
                .filter(session -> session.endedAt().isAfter(first))
                .map(session -> "%s at %s, its primary %s until %s"
                        .formatted(backup, first, session.address(), session.endedAt()))
                .toList();
    }

    private List<String> found(Predicate<Session> wrong) {
        return seen.insideTheLimits().filter(wrong).map(Session::toString).toList();
    }

    private static List<String> joined(List<String> one, List<String> other) {
        var all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }

    /** Behind the 220 of a server that then speaks no TLS, our ClientHello stands among the lines it read. */
    private static List<String> spoken(Session session) {
        return session.commands().stream()
                .takeWhile(command -> command.matches("[ -~]*"))
                .toList();
    }

    private static String dialogue(Session session) {
        return spoken(session).stream()
                .map(command -> command.split(" ", 2)[0].toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }

    static String words(Duration duration) {
        return duration.toMillis() < 10_000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
    }
}
