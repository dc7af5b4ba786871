package org.starttlscensus.verdict;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One evaluated path: its flaws, and the time within which all its certificates are valid.
 *
 * @param statuses every status that applies, dates aside; always includes {@link ChainStatus#TRUSTED}
 * @param begin    when the last of its certificates, or its root, becomes valid
 * @param end      the last moment at which all of them are valid
 * @param root     see {@link ChainVerdict#root}
 */
record EvaluatedPath(
        Set<ChainStatus> statuses,
        Instant begin,
        Instant end,
        boolean weakKey,
        boolean weakSignature,
        Optional<String> root,
        List<String> reasons) {

    static EvaluatedPath of(ChainPath path) {
        var reasons = new ArrayList<String>();
        var statuses = EnumSet.of(ChainStatus.TRUSTED);
        statuses.addAll(PathChecker.of(path, reasons));
        if (path.anchor().isEmpty()) statuses.add(trustOf(path, reasons));
        var all = path.everything();
        return new EvaluatedPath(
                statuses,
                all.stream()
                        .map(each -> each.getNotBefore().toInstant())
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                all.stream()
                        .map(each -> each.getNotAfter().toInstant())
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                ChainWeakness.inKeys(path),
                ChainWeakness.inSignatures(path),
                path.anchor().map(X509Certificate::getSubjectX500Principal).map(RootNames::organisation),
                reasons);
    }

    /** The first microsecond after its end. */
    Instant afterEnd() {
        return end.plusNanos(1_000);
    }

    ChainVerdict at(Instant time, boolean selfSigned) {
        var all = EnumSet.copyOf(statuses);
        var expired = time.isAfter(end);
        var notYetValid = time.isBefore(begin);
        if (expired) all.add(ChainStatus.EXPIRED);
        if (notYetValid) all.add(ChainStatus.NOT_YET_VALID);
        return new ChainVerdict(
                Collections.min(all),
                statuses.size() == 1,
                expired,
                notYetValid,
                selfSigned,
                weakKey,
                weakSignature,
                root,
                reasons);
    }

    private static ChainStatus trustOf(ChainPath path, List<String> reasons) {
        if (!path.rooted()) {
            reasons.add("the issuer of certificate %d of the path is missing, or did not sign it"
                    .formatted(path.certificates().size()));
            return ChainStatus.INCOMPLETE;
        }
        return path.certificates().size() == 1 ? ChainStatus.SELF_SIGNED : ChainStatus.UNTRUSTED_ROOT;
    }
}
