package org.starttlscensus.lists;

import java.util.Optional;
import java.util.regex.Pattern;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.names.PublicSuffixes;

/**
 * Origins of web sites as Chrome's UX Report lists them, and the mail domains that they stand for.
 *
 * <p>Mail is hardly ever addressed to {@code www.example.org} or {@code m.example.org}, so an origin stands for its
 * registrable domain. A host that is itself a public suffix stands for itself.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6454#section-6.2">RFC 6454, section 6.2: ASCII serialization of an
 *     origin</a>
 */
final class Origins {

    private static final Pattern ORIGIN = Pattern.compile("(?i)https?://([^/:?#@\\[\\]\\s]+)(?::[0-9]{1,5})?/?");

    private Origins() {}

    /** The host of an origin, as it is written; empty if the text is no origin, or its host is in brackets. */
    static Optional<String> host(String origin) {
        var matcher = ORIGIN.matcher(origin);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    static MailDomain registrable(MailDomain host) {
        return PublicSuffixes.registrable(host.asHost()).map(MailDomain::new).orElse(host);
    }
}
