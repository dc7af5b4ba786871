package org.starttlscensus.names;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import org.starttlscensus.fact.Hostname;

/**
 * The record by which a domain, or whoever has an address, asks in the DNS to be left out:
 *
 * <pre>
 *   _starttls-census.example.org. TXT "v=census1; opt-out"
 * </pre>
 *
 * <p>For an address the name is that of its PTR record. Tags are parted by semicolons, in any case, and blanks around
 * them do not matter. A text without the version is not for us: a wildcard may put any text there.
 */
public final class OptOutRecord {

    private static final String LABEL = "_starttls-census.";
    private static final String VERSION = "v=census1";
    private static final String OPT_OUT = "opt-out";

    private OptOutRecord() {}

    /** Where the record of a name is; empty if that would be too long for a name. */
    public static Optional<Hostname> of(String canonical) {
        try {
            return Optional.of(new Hostname(LABEL + canonical));
        } catch (IllegalArgumentException tooLong) {
            return Optional.empty();
        }
    }

    /** Whether one of the texts there asks to be left out. */
    public static boolean isIn(Collection<String> texts) {
        return texts.stream().anyMatch(OptOutRecord::asks);
    }

    private static boolean asks(String text) {
        var tags = Arrays.stream(text.split(";", -1)).map(String::strip).toList();
        return tags.getFirst().equalsIgnoreCase(VERSION) && tags.stream().anyMatch(OPT_OUT::equalsIgnoreCase);
    }
}
