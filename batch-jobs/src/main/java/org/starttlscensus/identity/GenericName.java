package org.starttlscensus.identity;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.names.PublicSuffixes;

/**
 * Whether a host name looks as if a provider had given it to an address by a rule, rather than somebody to a server.
 * Many mail servers refuse such names, and nobody can be found by them.
 *
 * <p>Generic is a name that spells its address: at least three of the four numbers of an IPv4 address one beside the
 * other, in either order, or the address in hexadecimal; for IPv6 sixteen hexadecimal digits of it. And a name in which
 * a word stands for a kind of line, such as {@code dyn} or {@code dhcp}, as a whole word of a label, with digits or
 * without. The registrable domain is the owner's own name and is not looked at.
 */
public final class GenericName {

    private static final Set<String> WORDS = Set.of(
            "dyn",
            "dynamic",
            "dynip",
            "dhcp",
            "pool",
            "ppp",
            "pppoe",
            "dial",
            "dialup",
            "dialin",
            "dsl",
            "adsl",
            "vdsl",
            "cable",
            "broadband",
            "static",
            "ip",
            "host",
            "client",
            "customer",
            "cust",
            "unassigned",
            "unknown",
            "generic",
            "reverse",
            "rev",
            "rdns",
            "nat",
            "vps",
            "compute");

    private static final Pattern WORD = Pattern.compile("[a-z]+");
    private static final int HEXADECIMAL_OF_IPV6 = 16;

    private GenericName() {}

    /** Why the name is generic, to follow "because"; empty: it is not. */
    public static Optional<String> why(Hostname name, Address address) {
        var own = PublicSuffixes.registrable(name).orElse(name.ascii());
        var given = name.ascii().substring(0, name.ascii().length() - own.length());
        if (given.isEmpty()) return Optional.empty();
        if (address.isIpv6() ? spellsIpv6(given, address) : spellsIpv4(given, address))
            return Optional.of("it spells the address");
        return word(given).map(word -> "it has the word \"%s\"".formatted(word));
    }

    private static boolean spellsIpv4(String given, Address address) {
        var octets = address.octets().toArray();
        if (given.contains(HexFormat.of().formatHex(octets))) return true;
        var numbers = new ArrayList<Integer>();
        for (var octet : octets) numbers.add(octet & 0xff);
        return neighbours(given, numbers) || neighbours(given, numbers.reversed());
    }

    /** Three numbers that follow each other, with something between them, or each filled up to three digits. */
    private static boolean neighbours(String given, List<Integer> numbers) {
        for (int from = 0; from + 3 <= numbers.size(); from++) {
            var three = numbers.subList(from, from + 3);
            var apart = "(?<![0-9])0*%d[^0-9]+0*%d[^0-9]+0*%d(?![0-9])".formatted(three.toArray());
            var joined = "%03d%03d%03d".formatted(three.toArray());
            if (Pattern.compile(apart).matcher(given).find() || given.contains(joined)) return true;
        }
        return false;
    }

    private static boolean spellsIpv6(String given, Address address) {
        var all = HexFormat.of().formatHex(address.octets().toArray());
        var bare = given.replaceAll("[^0-9a-f]", "");
        for (int from = 0; from + HEXADECIMAL_OF_IPV6 <= all.length(); from += 4) {
            if (bare.contains(all.substring(from, from + HEXADECIMAL_OF_IPV6))) return true;
        }
        var compressed = address.toString().replaceAll(":+", "-");
        return given.replaceAll("[.-]+", "-").contains(compressed);
    }

    private static Optional<String> word(String given) {
        return WORD.matcher(given)
                .results()
                .map(found -> found.group())
                .filter(WORDS::contains)
                .findFirst();
    }
}
