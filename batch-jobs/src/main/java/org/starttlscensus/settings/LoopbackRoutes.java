package org.starttlscensus.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.names.Network;

/**
 * Which networks never leave this machine: 127.0.0.0/8 and ::1 always; others if the kernel's routing table delivers
 * them locally, which {@code ip route get} shows as {@code local ... dev lo}.
 *
 * <p>Sound rather than complete: a network counts only if <em>one</em> local route covers it whole and no other route
 * leads to a part of it. (The kernel takes the longest match, and it keeps its local and main table in one.) Policy
 * rules before the local table are not examined; nobody has those by accident. If {@code /proc} cannot be read, only
 * the two loopback networks count.
 *
 * @param kernelRoutes the routes of both IP versions in the main and the local table
 */
record LoopbackRoutes(List<KernelRoute> kernelRoutes) {

    private static final List<Network> LOOPBACK = List.of(Network.of("127.0.0.0/8"), Network.of("::1"));

    private static final Pattern LEAF = Pattern.compile("\\s*\\|-- ([0-9.]+)");
    private static final Pattern PREFIX = Pattern.compile("\\s*/([0-9]+) (\\S+) (\\S+).*");

    /** Flag of a route that is delivered on this machine, in {@code linux/ipv6_route.h}. */
    private static final long RTF_LOCAL = 0x8000_0000L;

    enum Delivery {
        HERE,
        /** A broadcast address: TCP cannot connect to it. */
        NOWHERE,
        ELSEWHERE
    }

    record KernelRoute(Network network, Delivery delivery) {}

    LoopbackRoutes {
        kernelRoutes = List.copyOf(kernelRoutes);
    }

    static LoopbackRoutes ofThisMachine() {
        return of(linesOf("/proc/net/fib_trie"), linesOf("/proc/net/ipv6_route"));
    }

    /**
     * @param fibTrie   lines of {@code /proc/net/fib_trie}
     * @param ipv6Route lines of {@code /proc/net/ipv6_route}
     */
    static LoopbackRoutes of(List<String> fibTrie, List<String> ipv6Route) {
        var kernelRoutes = new ArrayList<KernelRoute>();
        var leaf = "";
        for (var line : fibTrie) {
            var address = LEAF.matcher(line);
            if (address.matches()) leaf = address.group(1);
            var prefix = PREFIX.matcher(line);
            if (prefix.matches())
                kernelRoutes.add(
                        new KernelRoute(Network.of(leaf + "/" + prefix.group(1)), deliveryOf(prefix.group(3))));
        }
        ipv6Route.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length == 10)
                .flatMap(LoopbackRoutes::ipv6)
                .forEach(kernelRoutes::add);
        return new LoopbackRoutes(kernelRoutes);
    }

    private static Delivery deliveryOf(String type) {
        return switch (type) {
            case "LOCAL" -> Delivery.HERE;
            case "BROADCAST" -> Delivery.NOWHERE;
            default -> Delivery.ELSEWHERE;
        };
    }

    private static Stream<KernelRoute> ipv6(String[] fields) {
        var first = new Address(Octets.of(HexFormat.of().parseHex(fields[0])));
        if (!first.isIpv6()) return Stream.empty(); // a route for IPv4-mapped addresses: nothing of ours uses it
        var local = (Long.parseLong(fields[8], 16) & RTF_LOCAL) != 0;
        return Stream.of(new KernelRoute(
                new Network(first, Integer.parseInt(fields[1], 16)), local ? Delivery.HERE : Delivery.ELSEWHERE));
    }

    boolean contain(Network network) {
        if (LOOPBACK.stream().anyMatch(block -> covers(block, network))) return true;
        var covered = kernelRoutes.stream()
                .anyMatch(kernelRoute ->
                        kernelRoute.delivery() == Delivery.HERE && covers(kernelRoute.network(), network));
        return covered
                && kernelRoutes.stream()
                        .noneMatch(kernelRoute ->
                                kernelRoute.delivery() == Delivery.ELSEWHERE && covers(network, kernelRoute.network()));
    }

    Network requireLoopback(Network network) {
        if (!contain(network)) throw new IllegalArgumentException("traffic to it leaves this machine");
        return network;
    }

    private static boolean covers(Network outer, Network inner) {
        return outer.length() <= inner.length() && outer.contains(inner.first());
    }

    private static List<String> linesOf(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException notLinux) {
            return List.of();
        }
    }
}
