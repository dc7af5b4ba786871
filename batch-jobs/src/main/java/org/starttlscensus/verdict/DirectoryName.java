package org.starttlscensus.verdict;

import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.starttlscensus.fact.Octets;

/**
 * A distinguished name as a list of its parts, each in the form in which names are compared: without differences of
 * case and white space.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-7.1">RFC 5280, section 7.1: names in distinguished
 *     names</a>
 */
final class DirectoryName {

    private static final int SEQUENCE = 0x30;
    private static final String MAIL_ADDRESS = "2a864886f70d010901";

    private DirectoryName() {}

    /** @throws IllegalArgumentException if it is not a distinguished name */
    static List<String> of(Der name) {
        return name.parts().stream()
                .map(part -> new X500Principal(new Der(SEQUENCE, Octets.of(part.encoded())).encoded()))
                .map(part -> part.getName(X500Principal.CANONICAL))
                .toList();
    }

    /** A name is within every beginning of itself. */
    static boolean isWithin(List<String> name, List<String> beginning) {
        return name.size() >= beginning.size()
                && name.subList(0, beginning.size()).equals(beginning);
    }

    /** Old certificates have mail addresses in the subject. */
    static List<String> mailboxes(Der name) {
        return name.parts().stream()
                .flatMap(part -> part.parts().stream())
                .map(Der::parts)
                .filter(attribute -> attribute.getFirst().content().hex().equals(MAIL_ADDRESS))
                .map(attribute -> attribute.get(1).latin1())
                .toList();
    }
}
