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
import java.util.function.Function;

/**
 * One evaluated path: its flaws, and the time within which all its certificates are valid.
 *
 * @param reach    how far it leads
 * @param statuses every status that applies, dates aside; always includes {@link ChainStatus#TRUSTED}
 * @param begin    when the last of its certificates, or its root, becomes valid
 * @param end      the last second at which all of them are valid; certificates count in whole seconds
 * @param root     see {@link ChainVerdict#root}
 */
record EvaluatedPath(
        Reach reach,
        Set<ChainStatus> statuses,
        Instant begin,
        Instant end,
        boolean weakKey,
        boolean weakSignature,
        Optional<String> root,
        List<String> reasons) {

    /** The farther, the better: a sender that finds a trusted root judges by that path, whatever its flaws. */
    enum Reach {
        INCOMPLETE,
        OTHER_ROOT,
        TRUSTED_ROOT
    }

    /** @param whyItEnds explains an incomplete path */
    static EvaluatedPath of(ChainPath path, Function<X509Certificate, String> whyItEnds) {
        var reasons = new ArrayList<String>();
        var statuses = EnumSet.of(ChainStatus.TRUSTED);
        statuses.addAll(PathChecker.of(path, reasons));
        if (path.anchor().isEmpty()) statuses.add(trustOf(path, whyItEnds, reasons));
        var weakKeys = ChainWeakness.inKeys(path);
        var weakSignatures = ChainWeakness.inSignatures(path);
        reasons.addAll(weakKeys);
        reasons.addAll(weakSignatures);
        var all = path.everything();
        return new EvaluatedPath(
                reachOf(path),
                statuses,
                all.stream()
                        .map(each -> each.getNotBefore().toInstant())
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                all.stream()
                        .map(each -> each.getNotAfter().toInstant())
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                !weakKeys.isEmpty(),
                !weakSignatures.isEmpty(),
                path.anchor().map(X509Certificate::getSubjectX500Principal).map(RootNames::organisation),
                reasons);
    }

    /**
     * The first moment after its end.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5">RFC 5280, section 4.1.2.5: the end is
     *     within the validity, and times have no fractions of a second</a>
     */
    Instant afterEnd() {
        return end.plusSeconds(1);
    }

    ChainVerdict at(Instant time, boolean selfSigned) {
        var all = EnumSet.copyOf(statuses);
        var expired = !time.isBefore(afterEnd());
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

    private static Reach reachOf(ChainPath path) {
        if (path.anchor().isPresent()) return Reach.TRUSTED_ROOT;
        return path.rooted() ? Reach.OTHER_ROOT : Reach.INCOMPLETE;
    }

    private static ChainStatus trustOf(
            ChainPath path, Function<X509Certificate, String> whyItEnds, List<String> reasons) {
        if (!path.rooted()) {
            reasons.add("the issuer of certificate %d of the path is missing, or did not sign it: %s"
                    .formatted(path.certificates().size(), whyItEnds.apply(path.top())));
            return ChainStatus.INCOMPLETE;
        }
        return path.certificates().size() == 1 ? ChainStatus.SELF_SIGNED : ChainStatus.UNTRUSTED_ROOT;
    }
}
