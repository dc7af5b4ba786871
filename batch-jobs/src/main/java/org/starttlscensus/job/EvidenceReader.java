package org.starttlscensus.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.Evidence;
import org.starttlscensus.store.PlannedEndpoint;

/**
 * The night's planned endpoints by id, each with what its calls showed; the chains among it are judged by then. Restarts
 * behind the last stored one.
 */
final class EvidenceReader implements ItemStreamReader<PlannedEndpoint> {

    private static final String JUDGED_UP_TO = "judgedUpTo";
    private static final int PAGE = 500;

    private final Evidence evidence;
    private final ChainBooks chains;
    private final CensusNight night;
    private final Progress progress;
    private final ArrayDeque<PlannedEndpoint> page = new ArrayDeque<>();
    private long fetchedUpTo;
    private long readUpTo;
    private long done;
    private long total;

    EvidenceReader(Evidence evidence, ChainBooks chains, CensusNight night, Progress progress) {
        this.evidence = evidence;
        this.chains = chains;
        this.night = night;
        this.progress = progress;
    }

    @Override
    public void open(ExecutionContext context) {
        progress.begin("assess");
        evidence.analyze(night);
        begin(context.getLong(JUDGED_UP_TO, 0));
    }

    /** Behind an endpoint; 0 for all of them. */
    void begin(long judgedUpTo) {
        readUpTo = judgedUpTo;
        fetchedUpTo = readUpTo;
        total = evidence.count(night, readUpTo);
        progress.at(0, total);
    }

    /** The next ones, at most so many; none at the end. */
    List<PlannedEndpoint> next(int most) {
        var found = new ArrayList<PlannedEndpoint>();
        for (var next = read(); next != null; next = found.size() < most ? read() : null) found.add(next);
        return found;
    }

    @Override
    public @Nullable PlannedEndpoint read() {
        if (page.isEmpty()) {
            page.addAll(evidence.page(night, fetchedUpTo, PAGE));
            if (page.isEmpty()) return null;
            fetchedUpTo = page.getLast().endpointId();
            chains.prepare(page.stream().flatMap(each -> each.calls().stream()).flatMap(call -> call.chainId().stream()).toList());
        }
        var next = page.poll();
        readUpTo = next.endpointId();
        progress.at(++done, total);
        return next;
    }

    @Override
    public void update(ExecutionContext context) {
        context.putLong(JUDGED_UP_TO, readUpTo);
    }
}
