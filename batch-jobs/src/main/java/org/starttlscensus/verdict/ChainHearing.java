package org.starttlscensus.verdict;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** One chain before the judge: its ways up are weighed as they are found, and the best of them decides. */
final class ChainHearing {

    /** A path of a hundred takes the JDK some 20 ms; more ways than this are made to waste our time. */
    private static final int MOST_PATHS = 12;

    private final X509Certificate leaf;
    private final long unread;
    private final Instant at;
    private final ChainPaths paths;
    private int weighed;
    private @Nullable ChainVerdict best;

    ChainHearing(Map<X500Principal, List<X509Certificate>> anchors, X509Certificate leaf, List<X509Certificate> others,
            long unread, Instant at) {
        this.leaf = leaf;
        this.unread = unread;
        this.at = at;
        this.paths = new ChainPaths(anchors, others, this::isEnough);
    }

    ChainVerdict verdict() {
        var cutShort = paths.search(leaf);
        var verdict = best == null
                ? ChainVerdict.without(ChainStatus.INCOMPLETE, "no way up was found in the steps allowed") : best;
        if (verdict.chainOk()) return verdict;
        if (unread > 0 && verdict.status() == ChainStatus.INCOMPLETE) {
            return with(verdict, ChainStatus.MALFORMED, "an issuer is missing, and a certificate sent cannot be read");
        }
        return cutShort || weighed >= MOST_PATHS
                ? with(verdict, verdict.status(), "there are more ways up than we try") : verdict;
    }

    private boolean isEnough(ChainPath path) {
        var found = weigh(path);
        if (best == null || found.status().compareTo(best.status()) > 0) best = found;
        return best.status() == ChainStatus.TRUSTED || ++weighed >= MOST_PATHS;
    }

    private ChainVerdict weigh(ChainPath path) {
        var reasons = new ArrayList<String>();
        var holds = EnumSet.of(ChainStatus.TRUSTED);
        holds.addAll(ChainFlaws.of(path, reasons));
        var selfSigned = paths.isSelfSigned(leaf);
        if (path.anchor().isEmpty()) holds.add(trustOf(path, reasons));
        var chainOk = holds.size() == 1;
        var expired = path.everything().stream().anyMatch(each -> at.isAfter(each.getNotAfter().toInstant()));
        var notYetValid = path.everything().stream().anyMatch(each -> at.isBefore(each.getNotBefore().toInstant()));
        if (expired) holds.add(ChainStatus.EXPIRED);
        if (notYetValid) holds.add(ChainStatus.NOT_YET_VALID);
        return new ChainVerdict(Collections.min(holds), chainOk, expired, notYetValid, selfSigned,
                ChainWeakness.inKeys(path), ChainWeakness.inSignatures(path), reasons);
    }

    private static ChainStatus trustOf(ChainPath path, List<String> reasons) {
        if (!path.rooted()) {
            reasons.add("the issuer of certificate %d of the path is not there, or did not sign it".formatted(path.certificates().size()));
            return ChainStatus.INCOMPLETE;
        }
        return path.certificates().size() == 1 ? ChainStatus.SELF_SIGNED : ChainStatus.UNTRUSTED_ROOT;
    }

    private static ChainVerdict with(ChainVerdict verdict, ChainStatus status, String reason) {
        var reasons = new ArrayList<>(verdict.reasons());
        reasons.add(reason);
        return new ChainVerdict(status, verdict.chainOk(), verdict.expired(), verdict.notYetValid(), verdict.selfSigned(),
                verdict.weakKey(), verdict.weakSignature(), reasons);
    }
}
