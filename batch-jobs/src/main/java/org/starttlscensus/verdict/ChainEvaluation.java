package org.starttlscensus.verdict;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** One chain before the judge: its ways up are weighed as they are found, and at each time the best of them decides. */
final class ChainEvaluation {

    /** More ways, or more certificates on all of them together, are made to waste our time: a way of a hundred takes the JDK some 10 ms. */
    private static final int MOST_PATHS = 32;

    private static final int MOST_WEIGHT = 600;

    private final X509Certificate leaf;
    private final long unread;
    private final ChainPaths paths;
    private final List<EvaluatedPath> found = new ArrayList<>();
    private int weight;

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
        found.add(EvaluatedPath.of(path));
        weight += path.everything().size();
        return isEnough();
    }

    private boolean isEnough() {
        return weight >= MOST_WEIGHT || found.size() >= MOST_PATHS;
    }

    private ChainVerdict verdict(Instant time, boolean selfSigned, boolean cutShort) {
        @Nullable ChainVerdict best = null;
        for (var path : found) {
            var one = path.at(time, selfSigned);
            if (best == null || one.status().compareTo(best.status()) > 0) best = one;
        }
        if (best == null)
            return ChainVerdict.without(ChainStatus.INCOMPLETE, "no way up was found in the steps allowed");
        if (best.chainOk()) return best;
        if (unread > 0 && best.status() == ChainStatus.INCOMPLETE) {
            return best.with(ChainStatus.MALFORMED, "an issuer is missing, and a certificate sent cannot be read");
        }
        return cutShort ? best.with(best.status(), "there are more ways up than we try") : best;
    }
}
