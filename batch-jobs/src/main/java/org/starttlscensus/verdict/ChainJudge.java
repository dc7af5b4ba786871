package org.starttlscensus.verdict;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.starttlscensus.fact.Octets;

/**
 * Judges the chain that a server sent against one trust store. Validates as RFC 5280, section 6 says, except for
 * policies, which no mail sender asks for. Fetches nothing and does not check revocation. {@link NameJudge} compares
 * names.
 *
 * <p>A chain is untrusted input, so its size, the path search and the time are bounded. Thread-safe.
 */
public final class ChainJudge {

    private static final int MOST_CERTIFICATES = 100;
    private static final int MOST_OCTETS = 256 * 1024;

    private final Map<X500Principal, List<X509Certificate>> anchors;

    public ChainJudge(TrustStore store) {
        anchors = store.anchors().stream().collect(Collectors.groupingBy(X509Certificate::getSubjectX500Principal));
    }

    /** Judges the bundled roots, so that the JDK's classes are loaded before the first real chain. */
    public static void warmUp() {
        var store = TrustStore.mozilla();
        var judge = new ChainJudge(new TrustStore(
                store.name(), store.anchors().subList(1, store.anchors().size())));
        store.ders().forEach(root -> judge.judge(List.of(root, root)));
    }

    /**
     * The verdict at one time.
     *
     * @param chain DER as sent, the server's own certificate first; the others in any order
     * @param at    the time of the call
     */
    public ChainVerdict judge(List<Octets> chain, Instant at) {
        return judge(chain).at(at);
    }

    /** The verdict at any time. */
    public ChainJudgement judge(List<Octets> chain) {
        if (chain.isEmpty()) return without(ChainStatus.NONE, "the server sent no certificate");
        if (isTooLong(chain)) {
            return without(
                    ChainStatus.MALFORMED,
                    "more than %d certificates or %d octets".formatted(MOST_CERTIFICATES, MOST_OCTETS));
        }
        return TimeLimiter.judge(() -> consider(chain), reason -> without(ChainStatus.MALFORMED, reason));
    }

    static boolean isTooLong(List<Octets> chain) {
        return chain.size() > MOST_CERTIFICATES
                || chain.stream().mapToInt(Octets::size).sum() > MOST_OCTETS;
    }

    private static ChainJudgement without(ChainStatus status, String reason) {
        return ChainJudgement.always(ChainVerdict.without(status, reason));
    }

    /** Judges on the caller's thread, without a time limit. */
    ChainJudgement consider(List<Octets> chain) {
        var leaf = CertificateParser.parse(chain.getFirst());
        if (leaf.isEmpty()) return without(ChainStatus.MALFORMED, "the server's certificate cannot be read");
        var others = chain.stream()
                .skip(1)
                .distinct()
                .map(CertificateParser::parse)
                .flatMap(Optional::stream)
                .toList();
        var unread = chain.stream().skip(1).distinct().count() - others.size();
        return new ChainEvaluation(anchors, leaf.get(), others, unread).judgement();
    }
}
