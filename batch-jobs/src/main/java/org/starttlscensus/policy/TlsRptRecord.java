package org.starttlscensus.policy;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The TXT records at {@code _smtp._tls.} of a domain. Where reports go is counted and never kept: it is somebody's
 * address.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8460#section-3">RFC 8460, section 3: reporting policy</a>
 */
public sealed interface TlsRptRecord {

    String VERSION = "v=TLSRPTv1";

    /** No record is meant for TLS-RPT. */
    record NoTlsRpt() implements TlsRptRecord {}

    /** There is a record, and senders cannot use it. */
    record FaultyTlsRpt(RecordFault fault) implements TlsRptRecord {}

    /**
     * @param mailto destinations that get mail
     * @param https  destinations that get an upload
     * @param others destinations with another scheme, which no sender knows
     */
    record ValidTlsRpt(int mailto, int https, int others) implements TlsRptRecord {

        public ValidTlsRpt {
            if (mailto < 0 || https < 0 || others < 0 || mailto + https == 0) {
                throw new IllegalArgumentException(
                        "%d, %d and %d destinations; one must be known".formatted(mailto, https, others));
            }
        }
    }

    /** The status as published: none, invalid or valid. */
    default String label() {
        return switch (this) {
            case NoTlsRpt() -> "none";
            case FaultyTlsRpt _ -> "invalid";
            case ValidTlsRpt _ -> "valid";
        };
    }

    /** @param records each with its strings joined, without anything between them */
    static TlsRptRecord read(List<String> records) {
        var ours = records.stream()
                .filter(each -> TaggedRecord.begins(each, VERSION))
                .toList();
        if (ours.isEmpty()) {
            var isMeant = records.stream().anyMatch(each -> TaggedRecord.isMeant(each, VERSION));
            return isMeant ? new FaultyTlsRpt(RecordFault.BEGINNING) : new NoTlsRpt();
        }
        if (ours.size() > 1) return new FaultyTlsRpt(RecordFault.SEVERAL);
        return TaggedRecord.read(ours.getFirst(), VERSION)
                .map(TlsRptRecord::of)
                .orElse(new FaultyTlsRpt(RecordFault.SYNTAX));
    }

    private static TlsRptRecord of(TaggedRecord record) {
        var schemes = new ArrayList<String>();
        for (var field : record.fields()) {
            if (field.name().equals("rua")) {
                for (var destination : field.value().split("[ \t]*,[ \t]*", -1)) {
                    var scheme = scheme(destination);
                    if (scheme.isEmpty()) return new FaultyTlsRpt(RecordFault.BAD_DESTINATION);
                    schemes.add(scheme.get());
                }
            } else if (!TaggedRecord.isExtensionValue(field.value())) {
                return new FaultyTlsRpt(RecordFault.EXTENSION);
            }
        }
        int mailto = (int) schemes.stream().filter("mailto"::equals).count();
        int https = (int) schemes.stream().filter("https"::equals).count();
        return mailto + https == 0
                ? new FaultyTlsRpt(RecordFault.NO_DESTINATION)
                : new ValidTlsRpt(mailto, https, schemes.size() - mailto - https);
    }

    /** The scheme of a usable URI; empty if it is none. */
    private static Optional<String> scheme(String destination) {
        if (destination.contains("!") || !destination.chars().allMatch(character -> character < 0x7f)) {
            return Optional.empty();
        }
        try {
            var uri = new URI(destination);
            if (uri.getScheme() == null) return Optional.empty();
            var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            var isWhole = !scheme.equals("https") || uri.getHost() != null;
            var hasAddress =
                    !scheme.equals("mailto") || uri.getSchemeSpecificPart().indexOf('@') > 0;
            return isWhole && hasAddress ? Optional.of(scheme) : Optional.empty();
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }
}
