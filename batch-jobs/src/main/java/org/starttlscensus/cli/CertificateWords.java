package org.starttlscensus.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.starttlscensus.fact.Certificate;
import org.starttlscensus.fact.Hostname;

/** A server's certificate for people. Its texts are the server's: they are escaped, and at most so long. */
final class CertificateWords {

    private static final int MOST_OF_A_NAME = 60;
    private static final int MOST_OF_AN_ISSUER = 120;

    private CertificateWords() {}

    /** {@code 2026-11-01 to 2027-01-30, 61 days left}. */
    static String dates(Certificate leaf, Instant now) {
        return "%s to %s%s"
                .formatted(
                        date(leaf.notBefore()),
                        date(leaf.notAfter()),
                        remaining(leaf, now).map(words -> ", " + words).orElse(""));
    }

    private static String date(Optional<Instant> at) {
        return at.map(time -> time.atOffset(ZoneOffset.UTC).toLocalDate().toString())
                .orElse("?");
    }

    private static Optional<String> remaining(Certificate leaf, Instant now) {
        var early = leaf.notBefore().filter(now::isBefore);
        if (early.isPresent()) return early.map(from -> "valid only in " + days(Duration.between(now, from)));
        return leaf.notAfter()
                .map(until -> now.isAfter(until)
                        ? "expired %s ago".formatted(days(Duration.between(until, now)))
                        : days(Duration.between(now, until)) + " left");
    }

    private static String days(Duration time) {
        return time.toDays() == 1 ? "1 day" : "%,d days".formatted(time.toDays());
    }

    /** The name that is the host's if there is one, else the first, and how many more there are. */
    static String names(Certificate leaf, Hostname host) {
        var names = leaf.dnsNames();
        if (names.isEmpty()) {
            return leaf.commonNames().isEmpty()
                    ? "no name"
                    : Printable.peer(leaf.commonNames().getFirst(), MOST_OF_A_NAME) + " (as common name only)";
        }
        var shown = names.stream()
                .filter(name -> name.equalsIgnoreCase(host.ascii()))
                .findFirst()
                .orElse(names.getFirst());
        return Printable.peer(shown, MOST_OF_A_NAME)
                + (names.size() == 1 ? "" : " and %,d more".formatted(names.size() - 1));
    }

    static String issuer(Certificate leaf) {
        return leaf.issuer()
                .map(name -> Printable.peer(name, MOST_OF_AN_ISSUER))
                .orElse("?");
    }
}
