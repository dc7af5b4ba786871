package org.starttlscensus.verdict;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.starttlscensus.fact.Certificate;
import org.starttlscensus.fact.Hostname;

/**
 * Compares the dNSNames in a certificate with the name of a mail server.
 *
 * <p>A presented name that is not a host name (underscores, a final dot, non-ASCII characters, an address) matches
 * nothing. A wildcard must be the whole leftmost label and must be followed by at least two labels. It stands for
 * exactly one label.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9525#section-6.3">RFC 9525, section 6.3: matching the DNS domain
 *     name</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6">RFC 5280, section 4.2.1.6: preferred name
 *     syntax</a>
 */
public final class NameJudge {

    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern HOST = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*+");
    private static final Pattern NUMERIC_END = Pattern.compile("(?:.*\\.)?[0-9]+");
    private static final Pattern TWO_LABELS = Pattern.compile("[^.]+\\.[^.]+.*");
    // Lower-casing alone would turn the Kelvin sign into a "k".
    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*+");
    private static final String WILDCARD = "*.";
    private static final int MOST_OCTETS = 253;

    private NameJudge() {}

    /**
     * Empty if the certificate cannot be read: then nobody knows its names.
     *
     * @param leaf the server's own certificate
     * @param name the MX host, as A-labels
     */
    public static Optional<NameMatch> of(Certificate leaf, Hostname name) {
        return leaf.readable() ? Optional.of(readable(leaf, name)) : Optional.empty();
    }

    private static NameMatch readable(Certificate leaf, Hostname name) {
        if (leaf.dnsNames().stream().anyMatch(presented -> matches(presented, name))) return NameMatch.MATCH;
        var byCommonName = leaf.dnsNames().isEmpty()
                && leaf.commonNames().stream().anyMatch(presented -> matches(presented, name));
        return byCommonName ? NameMatch.CN_ONLY : NameMatch.MISMATCH;
    }

    private static boolean matches(String presented, Hostname name) {
        if (presented.length() > MOST_OCTETS || !ASCII.matcher(presented).matches()) return false;
        var pattern = presented.toLowerCase(Locale.ROOT);
        if (!pattern.startsWith(WILDCARD)) return isHost(pattern) && pattern.equals(name.ascii());
        var parent = pattern.substring(WILDCARD.length());
        return isHost(parent) && TWO_LABELS.matcher(parent).matches() && parent.equals(parentOf(name));
    }

    private static boolean isHost(String name) {
        return HOST.matcher(name).matches() && !NUMERIC_END.matcher(name).matches();
    }

    private static String parentOf(Hostname name) {
        return name.ascii().substring(name.ascii().indexOf('.') + 1);
    }
}
