package org.starttlscensus.https;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the census calls itself in every HTTPS request: the program with its version, and the page that says who runs
 * it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5">RFC 9110, section 10.1.5: User-Agent</a>
 */
public record UserAgent(String value) {

    private static final String PRODUCT = "starttls-census";
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z.+_-]{1,40}");
    private static final String UNKNOWN_VERSION = "dev";

    public UserAgent {
        if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7f))
            throw new IllegalArgumentException("a User-Agent has printable ASCII only");
    }

    /**
     * @param version of the program; one that is no version is left out
     * @param page    of the operator
     */
    public static UserAgent of(String version, Optional<URI> page) {
        var product = PRODUCT + "/" + (VERSION.matcher(version).matches() ? version : UNKNOWN_VERSION);
        return new UserAgent(
                page.map(there -> product + " (+" + there.toASCIIString() + ")").orElse(product));
    }
}
