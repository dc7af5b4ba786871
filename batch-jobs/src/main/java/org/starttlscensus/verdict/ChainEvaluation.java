package org.starttlscensus.verdict;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/**
 * The evaluation of one chain: each path to a root is evaluated when it is found, and the best path decides the
 * verdict. Which path is best depends on the time. Not thread-safe; used once.
 */
final class ChainEvaluation {

    /** Chains with more paths, or with more certificates on all paths together, are made to waste our time. */
    private static final int MOST_PATHS = 32;

    /** Six times a path of a hundred certificates. */
    private static final int MOST_CERTIFICATES_ON_PATHS = 600;

    private final X509Certificate leaf;
    private final long unread;
    private final ChainPaths paths;
    private final List<EvaluatedPath> found = new ArrayList<>();
    private int certificatesOnPaths;

    ChainEvaluation(
            Map<X500Principal, List<X509Certificate>> anchors,
            X509Certificate leaf,
            List<X509Certificate> others,
            long unread) {
        this.leaf = leaf;
        this.unread = unread;
        this.paths = new ChainPaths(anchors, others, this::isEnough);
    }

    ChainJudgement judgement() {
        var cutShort = paths.search(leaf) || isEnough();
        var selfSigned = paths.isSelfSigned(leaf);
        return ChainJudgement.of(
                found.stream().flatMap(path -> Stream.of(path.begin(), path.afterEnd())),
                time -> verdict(time, selfSigned, cutShort));
    }

    private boolean isEnough(ChainPath path) {
        found.add(EvaluatedPath.of(path, paths::whyItEnds));
        certificatesOnPaths += path.everything().size();
        return isEnough();
    }

    private boolean isEnough() {
        return certificatesOnPaths >= MOST_CERTIFICATES_ON_PATHS || found.size() >= MOST_PATHS;
    }

    private ChainVerdict verdict(Instant time, boolean selfSigned, boolean cutShort) {
        var best = found.stream()
                .max(Comparator.comparing(EvaluatedPath::reach)
                        .thenComparing(path -> path.at(time, selfSigned).status()))
                .map(path -> path.at(time, selfSigned))
                .orElseGet(() ->
                        ChainVerdict.without(ChainStatus.INCOMPLETE, "no path was found within the search limit"));
        if (best.chainOk()) return best;
        if (unread > 0 && best.status() == ChainStatus.INCOMPLETE) {
            return best.with(ChainStatus.MALFORMED, "an issuer is missing, and a certificate sent cannot be read");
        }
        return cutShort ? best.with(best.status(), "there are more paths than we try") : best;
    }
}
