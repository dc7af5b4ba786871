package org.starttlscensus.politeness;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback.RefusalTarget;
import org.starttlscensus.fact.Octets;

/**
 * Whether the text of a refusal names our address, or a range that contains it: {@code 192.0.2.0/24}, {@code
 * 192.0.2/24}, {@code 192.0.2.*}, {@code 192.0.2.0-192.0.2.255}, {@code 192.0.2} or {@code 192.0.2.0} alone, {@code
 * 2001:db8::/32}. A range is no accident of one server, so it counts for more ({@link Spread}). Words such as "your
 * network" name nothing: they often belong to an advice.
 */
final class NamedAddress {

    /** Texts are a peer's: no more literals than these are read, which is more than any refusal has. */
    private static final int MOST_LITERALS = 50;
    /** Shorter blocks are no statement about us: they hold a part of the whole Internet. */
    private static final int LEAST_BITS_IPV4 = 8;

    private static final int LEAST_BITS_IPV6 = 32;

    private static final String BEFORE = "(?<![0-9a-fA-F.:])";
    private static final String FOUR = "\\d{1,3}(?:\\.\\d{1,3}){3}";
    private static final String GROUPED = "(?:[0-9a-fA-F]{0,4}:){2,8}(?:" + FOUR + "|[0-9a-fA-F]{0,4})";
    private static final Pattern BLOCK_IPV4 =
            Pattern.compile(BEFORE + "(\\d{1,3}(?:\\.\\d{1,3}){1,3})\\.?/(\\d{1,2})(?!\\d)");
    private static final Pattern BLOCK_IPV6 = Pattern.compile(BEFORE + "(" + GROUPED + ")/(\\d{1,3})(?!\\d)");
    private static final Pattern WILDCARD = Pattern.compile(BEFORE + "((?:\\d{1,3}\\.){2,3})[*xX](?![0-9a-zA-Z])");
    private static final Pattern FROM_TO =
            Pattern.compile(BEFORE + "(" + FOUR + ") ?- ?(" + FOUR + "|\\d{1,3})(?!\\.?\\d)");
    private static final Pattern NUMBERS = Pattern.compile(BEFORE + "\\d{1,3}(?:\\.\\d{1,3}){2,3}(?!\\.?\\d|/\\d)");
    private static final Pattern GROUPS = Pattern.compile(BEFORE + GROUPED + "(?![0-9a-fA-F:]|/\\d)");
    private static final Pattern ENHANCED = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");

    private final String text;
    private final Address source;

    private NamedAddress(String text, Address source) {
        this.text = text;
        this.source = source;
    }

    /**
     * What the text of a refusal names of ours.
     *
     * @param source our address
     * @return {@code US} or {@code OUR_RANGE}; empty if it names neither
     */
    static Optional<RefusalTarget> in(String text, Address source) {
        var named = new NamedAddress(text, source);
        if (source.isIpv6() ? named.namesIpv6Range() : named.namesIpv4Range())
            return Optional.of(RefusalTarget.OUR_RANGE);
        return named.namesAddress() ? Optional.of(RefusalTarget.US) : Optional.empty();
    }

    private Stream<MatchResult> all(Pattern pattern) {
        return pattern.matcher(text).results().limit(MOST_LITERALS);
    }

    private boolean namesAddress() {
        return all(NUMBERS).anyMatch(found -> isSource(found.group()))
                || all(GROUPS).anyMatch(found -> isSource(found.group()))
                || all(source.isIpv6() ? BLOCK_IPV6 : BLOCK_IPV4).anyMatch(this::isBlockOfOne);
    }

    private boolean isBlockOfOne(MatchResult found) {
        return Integer.parseInt(found.group(2)) == source.octets().size() * 8 && isSource(found.group(1));
    }

    private boolean isSource(String literal) {
        return address(literal).filter(source::equals).isPresent();
    }

    private boolean namesIpv6Range() {
        return all(BLOCK_IPV6).anyMatch(found -> {
            int bits = Integer.parseInt(found.group(2));
            return bits >= LEAST_BITS_IPV6
                    && bits < 128
                    && address(found.group(1))
                            .filter(Address::isIpv6)
                            .filter(first -> shares(first.octets(), bits))
                            .isPresent();
        });
    }

    private boolean namesIpv4Range() {
        return all(BLOCK_IPV4).anyMatch(this::isBlockAround)
                || all(WILDCARD).anyMatch(found -> (source + ".").startsWith(found.group(1)))
                || all(FROM_TO).anyMatch(this::isAround)
                || all(NUMBERS).anyMatch(found -> isNetworkAlone(found.group()));
    }

    private boolean isBlockAround(MatchResult found) {
        int bits = Integer.parseInt(found.group(2));
        var whole = found.group(1);
        while (whole.chars().filter(character -> character == '.').count() < 3) whole += ".0";
        return bits >= LEAST_BITS_IPV4
                && bits < 32
                && address(whole).filter(first -> shares(first.octets(), bits)).isPresent();
    }

    private boolean isAround(MatchResult found) {
        var first = address(found.group(1));
        var end = found.group(2);
        var last = address(end.contains(".") ? end : found.group(1).replaceFirst("\\d+$", end));
        return first.isPresent()
                && last.isPresent()
                && !first.equals(last)
                && first.get().compareTo(source) <= 0
                && last.get().compareTo(source) >= 0
                && number(last.get()) - number(first.get()) < 1L << (32 - LEAST_BITS_IPV4);
    }

    private static long number(Address ipv4) {
        long number = 0;
        for (int i = 0; i < 4; i++) number = (number << 8) | (ipv4.octets().at(i) & 0xFF);
        return number;
    }

    /** The octets that our network shares, alone or with a zero. Alone they must not look like an enhanced code. */
    private boolean isNetworkAlone(String literal) {
        var network = source.toString().replaceFirst("\\.\\d+$", "");
        if (literal.equals(network)) return !ENHANCED.matcher(literal).matches();
        return literal.equals(network + ".0") && !literal.equals(source.toString());
    }

    private boolean shares(Octets first, int bits) {
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((first.at(bit / 8) & mask) != (source.octets().at(bit / 8) & mask)) return false;
        }
        return true;
    }

    private static Optional<Address> address(String literal) {
        try {
            return Optional.of(Address.of(literal));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
