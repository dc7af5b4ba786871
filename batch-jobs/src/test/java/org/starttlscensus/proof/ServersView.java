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
import org.starttlscensus.lab.GuestBook;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.Manner;
import org.starttlscensus.lab.Visit;

/** What all servers of a lab saw of a night, by address, prefix and provider. */
final class ServersView {

    /** Of the scaled bound: a machine that does other things too starts calls a little late, and sees them a little late. */
    static final double TOLERANCE = 0.1;
    private static final Set<Manner> BEYOND_THE_LIMITS = Set.of(Manner.DRIP, Manner.TARPIT, Manner.SILENT);

    final Lab lab;
    final double scale;
    final Map<String, GuestBook> addresses;
    final Map<String, GuestBook> prefixes;
    final Map<String, GuestBook> providers;
    private final Map<Address, Manner> manners = new HashMap<>();
    private final Map<Address, Long> names = new HashMap<>();

    ServersView(Lab lab, double scale) {
        this.lab = lab;
        this.scale = scale;
        lab.universe().endpoints().forEach((endpoint, manner) -> {
            manners.put(endpoint.address(), manner);
            names.merge(endpoint.address(), 1L, Long::sum);
        });
        Map<Address, String> companies = manners.keySet().stream().collect(Collectors.toMap(Function.identity(),
                address -> lab.universe().company(address).orElse(address.prefix())));
        this.addresses = by(address -> address.toString());
        this.prefixes = by(Address::prefix);
        this.providers = by(companies::get);
    }

    private Map<String, GuestBook> by(Function<Address, String> key) {
        var groups = new TreeMap<String, GuestBook>();
        visits().stream().collect(Collectors.groupingBy(visit -> key.apply(visit.address())))
                .forEach((name, visits) -> groups.put(name, new GuestBook(visits)));
        return groups;
    }

    List<Visit> visits() {
        return lab.log().visits();
    }

    Manner manner(Visit visit) {
        return manners.get(visit.address());
    }

    /** Of peers that keep the deadlines of the contract; what is broken off at others is their doing. */
    Stream<Visit> insideTheLimits() {
        return visits().stream().filter(visit -> !BEYOND_THE_LIMITS.contains(manner(visit)));
    }

    /** Names of an address that are called by themselves in one night. */
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
        return figures.entrySet().stream().filter(entry -> entry.getValue() > bound).map(entry -> entry.getKey() + " saw " + entry.getValue()).toList();
    }

    static int most(Map<String, Integer> figures) {
        return figures.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    static Map<String, Integer> each(Map<String, GuestBook> books, Function<GuestBook, Integer> figure) {
        var all = new TreeMap<String, Integer>();
        books.forEach((name, book) -> all.put(name, figure.apply(book)));
        return all;
    }

    /** Groups whose shortest gap is below the bound. */
    static List<String> closer(Map<String, GuestBook> books, Duration bound) {
        var found = new ArrayList<String>();
        books.forEach((name, book) -> book.shortestGap().filter(gap -> gap.compareTo(bound) < 0)
                .ifPresent(gap -> found.add("%s saw a gap of %d ms".formatted(name, gap.toMillis()))));
        return found;
    }

    static Optional<Duration> shortest(Map<String, GuestBook> books) {
        return books.values().stream().flatMap(book -> book.shortestGap().stream()).min(Comparator.naturalOrder());
    }

    static Instant heardAt(Visit visit) {
        return visit.greetedAt().orElse(visit.endedAt());
    }
}
