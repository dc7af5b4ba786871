package org.starttlscensus.policy;

import java.util.Optional;
import java.util.regex.Pattern;
import org.starttlscensus.fact.Hostname;

/**
 * One {@code mx} line of a policy.
 *
 * @param text   as in the policy
 * @param parent the host that the line names, or the parent of the hosts that its wildcard stands for; empty if the
 *               text is neither, and then it covers nothing
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8461#section-4.1">RFC 8461, section 4.1: MX host validation</a>
 */
public record MxPattern(String text, boolean wildcard, Optional<Hostname> parent) {

    private static final String WILDCARD = "*.";
    private static final Pattern ASCII = Pattern.compile("[\\x21-\\x7E]++");
    private static final Pattern NUMERIC_END = Pattern.compile("(?:.*\\.)?[0-9]++");

    /** Upper case and a final dot make no difference. A U-label is no host name: policies must have A-labels. */
    static MxPattern of(String text) {
        var wildcard = text.startsWith(WILDCARD);
        return new MxPattern(text, wildcard, host(wildcard ? text.substring(WILDCARD.length()) : text));
    }

    /** A wildcard stands for exactly one label. */
    public boolean covers(Hostname host) {
        if (isAddress(host)) return false;
        return parent.filter(name -> wildcard ? name.ascii().equals(withoutLabel(host)) : name.equals(host))
                .isPresent();
    }

    /** As some senders' libraries have it: a wildcard stands for any number of labels. */
    boolean coversAnyDepth(Hostname host) {
        if (isAddress(host)) return false;
        return covers(host)
                || (wildcard
                        && parent.filter(name -> host.ascii().endsWith("." + name.ascii()))
                                .isPresent());
    }

    private static Optional<Hostname> host(String text) {
        if (!ASCII.matcher(text).matches()) return Optional.empty();
        try {
            return Optional.of(new Hostname(text)).filter(host -> !isAddress(host));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** No top-level domain is a number, so what ends in one is an address. */
    private static boolean isAddress(Hostname host) {
        return NUMERIC_END.matcher(host.ascii()).matches();
    }

    private static String withoutLabel(Hostname host) {
        var dot = host.ascii().indexOf('.');
        return dot < 0 ? "" : host.ascii().substring(dot + 1);
    }
}
