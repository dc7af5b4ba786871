package org.starttlscensus.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.store.ChainSpan;
import org.starttlscensus.store.Chains;
import org.starttlscensus.store.ServerVerdictRow;
import org.starttlscensus.verdict.ChainJudge;
import org.starttlscensus.verdict.ChainJudgement;
import org.starttlscensus.verdict.ChainStatus;
import org.starttlscensus.verdict.ChainVerdict;

/**
 * Verdicts on certificate chains by one trust store. A chain that was judged before is looked up, else it is judged
 * once, however many calls showed it. Not thread-safe.
 */
final class ChainVerdictCache {

    private static final int MOST_REMEMBERED = 20_000;

    private final Chains chains;
    private final long trustStore;
    private final ChainJudge judge;
    private final Map<Long, List<ChainSpan>> remembered = new LinkedHashMap<>();

    ChainVerdictCache(Chains chains, long trustStore, ChainJudge judge) {
        this.chains = chains;
        this.trustStore = trustStore;
        this.judge = judge;
    }

    /**
     * Judges the chains that were not judged yet, and the incomplete ones whose missing issuer another server has
     * shown since. Runs in the caller's transaction.
     */
    void prepare(Collection<Long> wanted) {
        var unknown = wanted.stream()
                .distinct()
                .filter(chain -> !remembered.containsKey(chain))
                .toList();
        if (unknown.isEmpty()) return;
        if (remembered.size() + unknown.size() > MOST_REMEMBERED) remembered.clear();
        var before = chains.verdicts(unknown, trustStore, MethodVersion.VERSION);
        var lacking = unknown.stream()
                .filter(chain -> !before.containsKey(chain)
                        || (before.get(chain).stream().noneMatch(ChainSpan::knownIntermediates)
                                && isIncomplete(before.get(chain))
                                && !chains.knownIssuers(chain).isEmpty()))
                .toList();
        remembered.putAll(before);
        judge(lacking);
    }

    /**
     * Judges all of them again, whether or not they were judged before.
     *
     * @return how many verdicts changed by the same method; chains that are judged for the first time do not count
     */
    int judgeAgain(List<Long> again) {
        var before = chains.verdicts(again, trustStore, MethodVersion.VERSION);
        judge(again);
        return (int) again.stream()
                .filter(chain -> before.containsKey(chain) && !before.get(chain).equals(remembered.get(chain)))
                .count();
    }

    /** The verdict on what the server sent. */
    ServerVerdictRow.Chain at(Optional<Long> chain, Instant time) {
        return chain.map(id -> span(id, time, false).orElseThrow().verdict())
                .orElseGet(() -> verdict(judge.judge(List.of(), time)));
    }

    /** The status when certificates that other servers sent are used as well. */
    String withKnownIntermediates(Optional<Long> chain, Instant time) {
        return chain.flatMap(id -> span(id, time, true))
                .map(span -> span.verdict().status())
                .orElseGet(() -> at(chain, time).status());
    }

    private Optional<ChainSpan> span(long chain, Instant time, boolean known) {
        return remembered.getOrDefault(chain, List.of()).stream()
                .filter(span -> span.knownIntermediates() == known && span.holds(time))
                .findFirst();
    }

    private void judge(List<Long> chainIds) {
        if (chainIds.isEmpty()) return;
        var ders = chains.ders(chainIds);
        var spans = new ArrayList<ChainSpan>();
        for (var chain : chainIds) {
            var found = judge(chain, Objects.requireNonNull(ders.get(chain)));
            remembered.put(chain, found);
            spans.addAll(found);
        }
        chains.save(chainIds, trustStore, MethodVersion.VERSION, spans);
    }

    private List<ChainSpan> judge(long chain, List<Octets> sent) {
        var plain = spans(chain, false, judge.judge(sent));
        if (!isIncomplete(plain)) return plain;
        var issuers = chains.knownIssuers(chain);
        if (issuers.isEmpty()) return plain;
        var completed = spans(
                chain,
                true,
                judge.judge(Stream.concat(sent.stream(), issuers.stream()).toList()));
        return isIncomplete(completed)
                ? plain
                : Stream.concat(plain.stream(), completed.stream()).toList();
    }

    private static boolean isIncomplete(List<ChainSpan> spans) {
        return spans.stream().anyMatch(span -> span.verdict().status().equals(ChainStatus.INCOMPLETE.label()));
    }

    private static List<ChainSpan> spans(long chain, boolean known, ChainJudgement judgement) {
        var spans = new ArrayList<ChainSpan>();
        var all = judgement.spans();
        for (int i = 0; i < all.size(); i++) {
            var from =
                    i == 0 ? Optional.<Instant>empty() : Optional.of(all.get(i).from());
            var until = i + 1 == all.size()
                    ? Optional.<Instant>empty()
                    : Optional.of(all.get(i + 1).from());
            spans.add(new ChainSpan(
                    chain,
                    known,
                    from,
                    until,
                    verdict(all.get(i).verdict()),
                    all.get(i).verdict().root(),
                    all.get(i).verdict().reasons()));
        }
        return spans;
    }

    private static ServerVerdictRow.Chain verdict(ChainVerdict verdict) {
        return new ServerVerdictRow.Chain(
                verdict.status().label(),
                verdict.chainOk(),
                verdict.expired(),
                verdict.notYetValid(),
                verdict.selfSigned(),
                verdict.weakKey(),
                verdict.weakSignature());
    }
}
