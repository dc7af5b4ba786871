package org.starttlscensus.names;

import java.util.regex.Pattern;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Octets;

/**
 * A block of IP addresses.
 *
 * @param first  its first address; all bits beyond {@code length} are zero
 * @param length the number of fixed bits, 0 to 32 (IPv4) or 0 to 128 (IPv6)
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4632#section-3.1">RFC 4632, section 3.1: CIDR notation</a>
 */
public record Network(Address first, int length) {

    private static final Pattern FOUR_NUMBERS = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern HEX_GROUPS = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final String ALLOWED =
            "allowed is ADDRESS or ADDRESS/LENGTH, for example 127.0.0.0/8, 192.0.2.1, 2001:db8::/32 or ::1";

    public Network {
        int bits = first.octets().size() * 8;
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException(
                    "%s/%d is not a network: the length is 0 to %d".formatted(first, length, bits));
        }
        var masked = masked(first, length);
        if (!masked.equals(first)) {
            throw new IllegalArgumentException(
                    "%s/%d is not a network: it has bits beyond its length; the network is %s/%d"
                            .formatted(first, length, masked, length));
        }
    }

    /** Parses {@code 127.0.0.0/8}; an address alone is the network of that one address. */
    public static Network of(String text) {
        var slash = text.indexOf('/');
        var literal = slash < 0 ? text : text.substring(0, slash);
        if (!FOUR_NUMBERS.matcher(literal).matches()
                && !HEX_GROUPS.matcher(literal).matches()) throw unreadable(text);
        Address address;
        try {
            address = Address.of(literal);
        } catch (IllegalArgumentException notAnAddress) {
            throw unreadable(text);
        }
        if (slash < 0) return new Network(address, address.octets().size() * 8);
        var length = text.substring(slash + 1);
        if (!length.matches("0|[1-9][0-9]{0,2}")) throw unreadable(text);
        return new Network(address, Integer.parseInt(length));
    }

    /** The network of that size that an address is in. */
    public static Network around(Address address, int length) {
        return new Network(masked(address, length), length);
    }

    /** Whether the address is in the network; false for an address of the other IP version. */
    public boolean contains(Address address) {
        if (address.isIpv6() != first.isIpv6()) return false;
        int whole = length / 8;
        for (int i = 0; i < whole; i++) {
            if (address.octets().at(i) != first.octets().at(i)) return false;
        }
        int rest = length % 8;
        return rest == 0 || ((address.octets().at(whole) ^ first.octets().at(whole)) & 0xff) >>> (8 - rest) == 0;
    }

    private static Address masked(Address address, int length) {
        var octets = address.octets().toArray();
        for (int bit = length; bit < octets.length * 8; bit++) octets[bit / 8] &= (byte) ~(0x80 >>> bit % 8);
        return new Address(Octets.of(octets));
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException("\"" + text + "\" is not a network: " + ALLOWED);
    }

    @Override
    public String toString() {
        return first + "/" + length;
    }
}
