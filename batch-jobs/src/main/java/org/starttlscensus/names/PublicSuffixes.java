package org.starttlscensus.names;

import com.google.common.net.InternetDomainName;
import java.util.Optional;
import java.util.regex.Pattern;
import org.starttlscensus.fact.Hostname;

/**
 * Registrable domains by the ICANN section of the Public Suffix List, as included in Guava.
 *
 * <p>The private section is not used: it makes every customer of a cloud a separate registrant, so {@code
 * amazonaws.com} would count as a thousand providers. In fact one provider notices our calls.
 *
 * @see <a href="https://github.com/publicsuffix/list/wiki/Format">Public Suffix List: format and algorithm</a>
 */
public final class PublicSuffixes {

    /** Hyphens and underscores at the edge of a label. Host names may have them, but Guava rejects them. */
    private static final Pattern EDGE = Pattern.compile("(?<![^.])[_-]|[_-](?![^.])");

    private static final Pattern ENDS_IN_DIGIT_LABEL = Pattern.compile("(?:.*\\.)?[0-9][^.]*");

    private PublicSuffixes() {}

    /** Empty for a public suffix, a single label, and a name whose last label begins with a digit. */
    public static Optional<String> registrable(Hostname host) {
        if (ENDS_IN_DIGIT_LABEL.matcher(host.ascii()).matches()) return Optional.empty();
        var name = InternetDomainName.from(EDGE.matcher(host.ascii()).replaceAll("x"));
        if (!name.hasParent() || name.isRegistrySuffix()) return Optional.empty();
        // The list's default rule: where no rule matches, the top-level domain is the suffix.
        var length = name.isUnderRegistrySuffix()
                ? name.topDomainUnderRegistrySuffix().toString().length()
                : name.parts().getLast().length()
                        + 1
                        + name.parts().get(name.parts().size() - 2).length();
        return Optional.of(host.ascii().substring(host.ascii().length() - length));
    }
}
