package org.starttlscensus.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.starttlscensus.fact.Address;
import org.starttlscensus.lab.ConnectionLog;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.ServerBehavior;
import org.starttlscensus.lab.Session;

/** The sessions of a night as the servers of a lab saw them, by address, prefix and provider. */
final class ServersView {

    /** A share of the scaled bound: a busy machine starts calls a little late and records them a little late. */
    static final double TOLERANCE = 0.1;

    private static final Set<ServerBehavior> BEYOND_THE_LIMITS =
            Set.of(ServerBehavior.DRIP, ServerBehavior.TARPIT, ServerBehavior.SILENT, ServerBehavior.MASKED_WHOLE);

    final Lab lab;
    final double scale;
    final Map<String, ConnectionLog> addresses;
    final Map<String, ConnectionLog> prefixes;
    final Map<String, ConnectionLog> providers;
    /** By whoever is charged with a refusal: a company, or the address of a server of its own. */
    final Map<String, ConnectionLog> charged;

    private final List<Session> sessions;
    private final Map<Address, ServerBehavior> behaviors = new HashMap<>();
    private final Map<Address, Long> names = new HashMap<>();

    ServersView(Lab lab, double scale) {
        this(lab, scale, lab.log().sessions());
    }

    ServersView(Lab lab, double scale, List<Session> sessions) {
        this.sessions = sessions;
        this.lab = lab;
        this.scale = scale;
        lab.universe().endpoints().forEach((endpoint, behavior) -> {
            behaviors.put(endpoint.address(), behavior);
            names.merge(endpoint.address(), 1L, Long::sum);
        });
        Map<Address, String> companies = behaviors.keySet().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        address -> lab.universe().company(address).orElse(address.prefix())));
        this.addresses = by(address -> address.toString());
        this.prefixes = by(Address::prefix);
        this.providers = by(companies::get);
        this.charged = by(address -> lab.universe().company(address).orElse(address.toString()));
    }

    private Map<String, ConnectionLog> by(Function<Address, String> key) {
        var groups = new TreeMap<String, ConnectionLog>();
        sessions().stream()
                .collect(Collectors.groupingBy(session -> key.apply(session.address())))
                .forEach((name, sessions) -> groups.put(name, new ConnectionLog(sessions)));
        return groups;
    }

    /** How many servers must block us before whoever is charged is left alone for the night. */
    int blocksNeeded(String whoIsCharged) {
        return addresses.containsKey(whoIsCharged) ? 1 : 2;
    }

    List<Session> sessions() {
        return sessions;
    }

    ServerBehavior behavior(Session session) {
        return behaviors.get(session.address());
    }

    /** The sessions of servers that keep the deadlines of docs/outcomes.md, section 3. We break off the others. */
    Stream<Session> insideTheLimits() {
        return sessions().stream().filter(session -> !BEYOND_THE_LIMITS.contains(behavior(session)));
    }

    /** How many host names of an address are called separately in one night. */
    long sampledNames(Address address) {
        return Math.min(20, names.getOrDefault(address, 0L));
    }

    Duration scaled(Duration nominal) {
        return Duration.ofNanos((long) (nominal.toNanos() * scale));
    }

    Duration atLeast(Duration nominal) {
        return Duration.ofNanos((long) (nominal.toNanos() * scale * (1 - TOLERANCE)));
    }

    static List<String> above(Map<String, Integer> figures, int bound) {
        return figures.entrySet().stream()
                .filter(entry -> entry.getValue() > bound)
                .map(entry -> entry.getKey() + " saw " + entry.getValue())
                .toList();
    }

    static int most(Map<String, Integer> figures) {
        return figures.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    static Map<String, Integer> each(Map<String, ConnectionLog> logs, Function<ConnectionLog, Integer> figure) {
        var all = new TreeMap<String, Integer>();
        logs.forEach((name, log) -> all.put(name, figure.apply(log)));
        return all;
    }

    /** Groups whose shortest gap is below the bound. */
    static List<String> closer(Map<String, ConnectionLog> logs, Duration bound) {
        var found = new ArrayList<String>();
        logs.forEach((name, log) -> log.shortestGap()
                .filter(gap -> gap.compareTo(bound) < 0)
                .ifPresent(gap -> found.add("%s saw a gap of %d ms".formatted(name, gap.toMillis()))));
        return found;
    }

    static Optional<Duration> shortest(Map<String, ConnectionLog> logs) {
        return logs.values().stream().flatMap(log -> log.shortestGap().stream()).min(Comparator.naturalOrder());
    }

    /** When the client had read the greeting or the refusal. */
    static Instant answeredAt(Session session) {
        return session.greetedAt().orElse(session.endedAt());
    }

    static String text(Duration duration) {
        return duration.toMillis() < 10_000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
    }
}
