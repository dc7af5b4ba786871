package org.starttlscensus.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Who calls, for those who are called.
 *
 * @param contact how the operator can be reached: {@code mailto:} or {@code https:}
 * @param page    the page that says who calls and why, and how to opt out: {@code https:}
 */
public record IdentitySettings(Optional<URI> contact, Optional<URI> page) {

    static URI contactOf(String text) {
        var contact = uri(text);
        return switch (scheme(contact)) {
            case "mailto" -> {
                if (!contact.getSchemeSpecificPart().matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+"))
                    throw new IllegalArgumentException("it has no mail address after mailto:");
                yield contact;
            }
            case "https" -> withHost(contact);
            default -> throw new IllegalArgumentException("it begins with neither mailto: nor https://");
        };
    }

    static URI pageOf(String text) {
        var page = uri(text);
        if (!scheme(page).equals("https")) throw new IllegalArgumentException("it does not begin with https://");
        return withHost(page);
    }

    private static URI withHost(URI uri) {
        if (uri.getHost() == null) throw new IllegalArgumentException("it names no host");
        if (uri.getUserInfo() != null) throw new IllegalArgumentException("it contains a user or password");
        if (uri.getFragment() != null) throw new IllegalArgumentException("it contains a fragment (#)");
        return uri;
    }

    private static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it is not a URL", e);
        }
    }
}
