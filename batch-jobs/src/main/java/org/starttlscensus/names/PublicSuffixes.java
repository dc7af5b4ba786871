package org.starttlscensus.names;

import com.google.common.net.InternetDomainName;
import java.util.Optional;
import java.util.regex.Pattern;
import org.starttlscensus.fact.Hostname;

/**
 * Registrable domains by the ICANN section of the Public Suffix List, as Guava carries it.
 *
 * <p>The private section is left out: by it every customer of a cloud is a registrant of his own, and
 * {@code amazonaws.com} would be a thousand providers instead of the one that notices us.
 *
 * @see <a href="https://github.com/publicsuffix/list/wiki/Format">Public Suffix List: format and algorithm</a>
 */
public final class PublicSuffixes {

    /** Host names may have them anywhere; Guava wants letters and digits at the edges of a label. */
    private static final Pattern EDGE = Pattern.compile("(?<![^.])[_-]|[_-](?![^.])");

    private static final Pattern ENDS_IN_DIGIT_LABEL = Pattern.compile("(?:.*\\.)?[0-9][^.]*");

    private PublicSuffixes() {}

    /** Empty for a public suffix itself, a single label, and what ends in a number. */
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
