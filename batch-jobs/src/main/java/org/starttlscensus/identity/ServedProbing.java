package org.starttlscensus.identity;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A {@code probing.txt} as it is served: what is wrong with it. Fields are compared, never the text, because an
 * operator may have more to say.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9116#section-2.5">RFC 9116, section 2.5: field definitions</a>
 */
public final class ServedProbing {

    /** Whoever hears of it this long before can renew in time. */
    private static final Duration SOON = Duration.ofDays(14);

    /** A fault, to be read by the operator. */
    public record ProbingFault(boolean isGrave, String words) {}

    private record Field(String name, String value) {}

    private final List<Field> fields;

    private ServedProbing(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    /** Lines that are no field are passed over, such as comments and the frame of a signature. */
    public static ServedProbing of(String text) {
        var fields = new ArrayList<Field>();
        for (var line : text.lines().toList()) {
            var colon = line.indexOf(':');
            if (line.startsWith("#") || colon < 1) continue;
            fields.add(new Field(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip()));
        }
        return new ServedProbing(fields);
    }

    /** @param place where the file was fetched */
    public List<ProbingFault> faults(URI contact, URI place, Instant now) {
        var faults = new ArrayList<ProbingFault>();
        expiry(now).ifPresent(faults::add);
        var contacts = values("contact");
        if (contacts.isEmpty()) faults.add(new ProbingFault(true, "it has no Contact"));
        else if (!contacts.contains(contact.toString()))
            faults.add(new ProbingFault(
                    false,
                    "its Contact is %s, and census.identity.contact is %s"
                            .formatted(String.join(", ", contacts), contact)));
        if (values("description").isEmpty()) faults.add(new ProbingFault(false, "it has no Description"));
        var canonical = values("canonical");
        if (!canonical.isEmpty() && !canonical.contains(place.toString()))
            faults.add(new ProbingFault(false, "no Canonical of it is %s, where it was fetched".formatted(place)));
        return faults;
    }

    private Optional<ProbingFault> expiry(Instant now) {
        var given = values("expires");
        if (given.isEmpty()) return Optional.of(new ProbingFault(true, "it has no Expires"));
        if (given.size() > 1) return Optional.of(new ProbingFault(true, "it has Expires more than once"));
        try {
            var expires = OffsetDateTime.parse(given.getFirst().toUpperCase(Locale.ROOT))
                    .toInstant();
            if (!expires.isAfter(now)) return Optional.of(new ProbingFault(true, "it expired at " + expires));
            return expires.isBefore(now.plus(SOON))
                    ? Optional.of(new ProbingFault(false, "it expires at " + expires))
                    : Optional.empty();
        } catch (DateTimeException unreadable) {
            return Optional.of(new ProbingFault(true, "its Expires is no time: " + given.getFirst()));
        }
    }

    private List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .toList();
    }
}
