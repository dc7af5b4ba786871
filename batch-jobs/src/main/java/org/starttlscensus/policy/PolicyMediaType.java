package org.starttlscensus.policy;

import java.util.Locale;

/**
 * The media type that a policy must be served with.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8461#section-3.2">RFC 8461, section 3.2: the media type is
 *     text/plain</a>
 */
public final class PolicyMediaType {

    private PolicyMediaType() {}

    /**
     * Whether a {@code Content-Type} says text/plain. Parameters do not matter, nor spaces around them.
     *
     * @param contentType the value of the header, as sent; several headers make it wrong
     */
    public static boolean isRight(String contentType) {
        var semicolon = contentType.indexOf(';');
        var type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return type.strip().toLowerCase(Locale.ROOT).equals("text/plain");
    }
}
