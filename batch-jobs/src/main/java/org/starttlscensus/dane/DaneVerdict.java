package org.starttlscensus.dane;

import java.util.List;
import java.util.Optional;

/**
 * The verdict on one server.
 *
 * @param depth   the place in the path of the certificate that a record matches, or that a bare key of a record signed;
 *                0 is the server's own. Also given where a match is not enough; empty if nothing matches
 * @param matched the record that matches
 */
public record DaneVerdict(
        DaneStatus status, Optional<Integer> depth, Optional<TlsaRecord> matched, List<DaneFinding> findings) {

    public DaneVerdict {
        findings = findings.stream().distinct().toList();
        if (depth.isPresent() != matched.isPresent()) {
            throw new IllegalArgumentException("a depth belongs to a record that matches, and the other way round");
        }
        if (status == DaneStatus.PASS && matched.isEmpty()) {
            throw new IllegalArgumentException("nothing passes without a record that matches");
        }
    }

    static DaneVerdict unmatched(DaneStatus status, List<DaneFinding> findings) {
        return new DaneVerdict(status, Optional.empty(), Optional.empty(), findings);
    }
}
