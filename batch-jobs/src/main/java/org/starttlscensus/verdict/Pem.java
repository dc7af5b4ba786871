package org.starttlscensus.verdict;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.starttlscensus.fact.Octets;

/**
 * Certificates in PEM form; text between them is ignored.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468#section-5">RFC 7468, section 5: textual encoding of
 *     certificates</a>
 */
public final class Pem {

    private static final Pattern CERTIFICATE = Pattern.compile(
            "-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----([^-]*+)-----END (?:TRUSTED |X509 )?CERTIFICATE-----");

    private Pem() {}

    /**
     * Decodes what is between each BEGIN and END, in order. Does not check whether it is a certificate.
     *
     * @throws IllegalArgumentException if one of them is not base64; the message says which
     */
    public static List<Octets> certificates(String text) {
        var found = new ArrayList<Octets>();
        for (var matcher = CERTIFICATE.matcher(text); matcher.find(); ) {
            try {
                found.add(Octets.of(Base64.getMimeDecoder().decode(matcher.group(1))));
            } catch (IllegalArgumentException notBase64) {
                throw unreadable(found.size() + 1, notBase64);
            }
        }
        return found;
    }

    static IllegalArgumentException unreadable(int number, Exception why) {
        return new IllegalArgumentException(
                "certificate number %d in the file cannot be read (%s)".formatted(number, why.getMessage()), why);
    }
}
