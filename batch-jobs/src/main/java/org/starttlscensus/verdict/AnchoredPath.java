package org.starttlscensus.verdict;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.starttlscensus.fact.Octets;

/**
 * A path from a server's certificate to an anchor that somebody named: a certificate, or a bare key that signed the
 * last certificate of the path.
 *
 * @param anchor   the DER of the anchor's certificate, or of the bare key
 * @param depth    the place of the anchor's certificate, or of the certificate that the bare key signed; 0 is the
 *                 server's own
 * @param statuses every status that applies, dates aside; always includes {@link ChainStatus#TRUSTED}
 * @param begin    when the last of the certificates whose dates count becomes valid
 * @param afterEnd the first moment at which one of them has expired
 * @param reasons  explanations for people; may be empty
 */
public record AnchoredPath(
        Octets anchor, int depth, Set<ChainStatus> statuses, Instant begin, Instant afterEnd, List<String> reasons) {

    public AnchoredPath {
        statuses = Collections.unmodifiableSet(EnumSet.copyOf(statuses));
        reasons = List.copyOf(reasons);
    }

    /** The worst status that applies at a time; {@link ChainStatus#TRUSTED} if none does. */
    public ChainStatus at(Instant time) {
        var all = EnumSet.copyOf(statuses);
        if (!time.isBefore(afterEnd)) all.add(ChainStatus.EXPIRED);
        if (time.isBefore(begin)) all.add(ChainStatus.NOT_YET_VALID);
        return Collections.min(all);
    }

    /**
     * The dates of an anchor count only if it issued itself: that is what OpenSSL does, and so most mail senders.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-6.1.1">RFC 5280, section 6.1.1: of an anchor only
     *     the name and the key are used</a>
     */
    static AnchoredPath toCertificate(ChainPath path, Octets anchor) {
        var dated = ChainNameConstraints.isSelfIssued(path.top()) ? path.everything() : path.below();
        return of(path, anchor, dated);
    }

    /** The last certificate of the path was signed with the key. */
    static AnchoredPath toKey(ChainPath path, Octets key) {
        var last = path.certificates().getLast();
        var whole = new ChainPath(path.certificates(), Optional.of(last), true);
        return of(whole, key, whole.everything());
    }

    private static AnchoredPath of(ChainPath path, Octets anchor, List<X509Certificate> dated) {
        var reasons = new ArrayList<String>();
        var statuses = EnumSet.of(ChainStatus.TRUSTED);
        statuses.addAll(PathChecker.ofNamedAnchor(path, reasons));
        return new AnchoredPath(
                anchor,
                path.everything().size() - 1,
                statuses,
                moments(dated.stream().map(X509Certificate::getNotBefore))
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                moments(dated.stream().map(X509Certificate::getNotAfter))
                        .min(Comparator.naturalOrder())
                        .orElseThrow()
                        .plusSeconds(1),
                reasons);
    }

    private static Stream<Instant> moments(Stream<Date> dates) {
        return dates.map(Date::toInstant);
    }
}
