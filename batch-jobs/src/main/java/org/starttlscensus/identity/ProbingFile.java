package org.starttlscensus.identity;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

/**
 * Writes the two files below {@code /.well-known/}: who probes, and whom to tell about a weakness of this machine. Both
 * have the same form.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9511#section-2">RFC 9511, section 2: probe description</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9116#section-4">RFC 9116, section 4: the format</a>
 */
public final class ProbingFile {

    public static final String PROBING = "/.well-known/probing.txt";
    public static final String SECURITY = "/.well-known/security.txt";

    /** RFC 9116 wants less than a year; half of it leaves time for those who forget. */
    public static final Duration VALID = Duration.ofDays(180);

    private ProbingFile() {}

    /** Everybody who looks up a source finds the same file, so it names the place for each. */
    public static String probing(Operator operator, Instant now) {
        return """
                # Who connects to your mail server from here, and why.
                # %s
                %s
                Contact: %s
                Expires: %s
                Preferred-Languages: en
                Description: A census of STARTTLS by %s: connects to port 25, EHLO, STARTTLS, EHLO, QUIT; sends no \
                mail. How to opt out: %s
                """.formatted(
                        operator.page(),
                        canonical(operator, PROBING),
                        operator.contact(),
                        expires(now),
                        operator.name(),
                        operator.page());
    }

    public static String security(Operator operator, Instant now) {
        return """
                # Weaknesses of this machine itself. Why it connected to your mail server: %s
                %s
                Contact: %s
                Expires: %s
                Preferred-Languages: en
                """.formatted(operator.page(), canonical(operator, SECURITY), operator.contact(), expires(now));
    }

    /** Where everybody who looks up the name of a source looks for the file. */
    public static URI at(CallingSource source, String path) {
        return URI.create("https://" + source.name() + path);
    }

    private static String canonical(Operator operator, String path) {
        return operator.names().stream()
                .map(name -> "Canonical: https://" + name + path)
                .collect(Collectors.joining("\n"));
    }

    private static Instant expires(Instant now) {
        return now.plus(VALID).truncatedTo(ChronoUnit.SECONDS);
    }
}
