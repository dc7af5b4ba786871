package org.starttlscensus.names;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.starttlscensus.fact.MailDomain;

/**
 * Parses text as a mail domain. All names that people wrote are parsed here.
 *
 * <p>Public suffixes of two or more labels ({@code co.uk}, {@code github.io}) are accepted, because top lists contain
 * them and some receive mail. A top-level domain alone is refused: ICANN forbids addresses and MX records there, and in
 * lists it is nearly always the rest of a damaged line. Names under {@code .test} and {@code .example} are accepted,
 * because querying them is harmless and private test networks use them.
 *
 * @see <a href="https://www.unicode.org/reports/tr46/">UTS #46: Unicode IDNA Compatibility Processing</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6761">RFC 6761: special-use domain names</a>
 */
public final class DomainNames {

    /**
     * A longer name can be converted to 253 octets only if characters are mapped to nothing. The limit also bounds the
     * quadratic cost of Punycode.
     */
    private static final int MOST_CHARACTERS = 1_000;

    /**
     * Never to be queried in the public DNS: RFC 6761 (localhost, invalid), 6762 (local), 7686 (onion), 8375
     * (home.arpa), 9476 (alt), and internal, which ICANN's board has reserved for private use.
     */
    private static final Set<String> NEVER_PUBLIC =
            Set.of("localhost", "invalid", "local", "onion", "alt", "internal", "home.arpa");

    /** {@code [192.0.2.1]}, {@code 2001:db8::1}, {@code fe80::1%eth0}: IP literals in place of a domain. */
    private static final Pattern IP_LITERAL =
            Pattern.compile("\\[.*|[0-9A-Fa-f]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*([%/].*)?");

    private DomainNames() {}

    /** Parses a domain from a list, in upper or lower case, with or without a final dot, as U-labels or A-labels. */
    public static ParsedDomain read(String raw) {
        return switch (toAscii(raw)) {
            case AsciiName.Converted(var ascii) -> domain(withoutFinalDot(ascii));
            case AsciiName.Refused(var reason) -> new ParsedDomain.Unusable(reasonInContext(raw, reason));
        };
    }

    /**
     * Converts to A-labels: UTS #46, non-transitional, with STD3 rules, Bidi and joiner checks and DNS lengths.
     *
     * <p>More lenient than the standard's strictest form in two points only. A final dot is allowed. Hyphens in the
     * third and fourth position of an ASCII label ({@code r3---sn.example}) are allowed, because such names exist in
     * the DNS.
     */
    public static AsciiName toAscii(String name) {
        if (name.length() > MOST_CHARACTERS) return new AsciiName.Refused(NameFault.NAME_TOO_LONG);
        if (!isPlain(name)) return Uts46.toAscii(name);
        var lower = name.toLowerCase(Locale.ROOT);
        var fault = Ldh.fault(lower);
        return fault.isPresent() ? new AsciiName.Refused(fault.get()) : new AsciiName.Converted(lower);
    }

    /** Whether the name is ASCII without an A-label, as most are. UTS #46 then only requires lower-case LDH. */
    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            var character = name.charAt(i);
            if (character > 0x7f) return false;
            if (character == '-'
                    && i >= 3
                    && name.charAt(i - 1) == '-'
                    && name.regionMatches(true, i - 3, "xn", 0, 2)) {
                return false;
            }
        }
        return true;
    }

    private static ParsedDomain domain(String ascii) {
        var lastDot = ascii.lastIndexOf('.');
        if (endsInNumber(ascii, lastDot)) return new ParsedDomain.Unusable(NameFault.IP_ADDRESS);
        if (lastDot < 0) return new ParsedDomain.Unusable(NameFault.SINGLE_LABEL);
        if (NEVER_PUBLIC.contains(ascii.substring(lastDot + 1))
                || ascii.equals("home.arpa")
                || ascii.endsWith(".home.arpa")) {
            return new ParsedDomain.Unusable(NameFault.SPECIAL_USE);
        }
        return new ParsedDomain.Usable(new MailDomain(ascii));
    }

    private static boolean endsInNumber(String ascii, int lastDot) {
        return ascii.chars().skip(lastDot + 1).allMatch(character -> character >= '0' && character <= '9');
    }

    private static String withoutFinalDot(String ascii) {
        return ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
    }

    /**
     * Replaces "disallowed character" by a more helpful reason if the text is an e-mail address, an IP address or a
     * URL.
     */
    private static NameFault reasonInContext(String raw, NameFault reason) {
        if (reason != NameFault.DISALLOWED_CHARACTER) return reason;
        if (raw.indexOf('@') >= 0) return NameFault.EMAIL_ADDRESS;
        if (IP_LITERAL.matcher(raw).matches()) return NameFault.IP_ADDRESS;
        return raw.indexOf(':') >= 0 || raw.indexOf('/') >= 0 ? NameFault.URL : reason;
    }
}
