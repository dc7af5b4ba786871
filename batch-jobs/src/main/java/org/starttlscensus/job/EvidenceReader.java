package org.starttlscensus.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.store.Evidence;
import org.starttlscensus.store.Filing;
import org.starttlscensus.store.PlannedEndpoint;

/**
 * The night's planned endpoints in the order of their ids, each with what its calls showed. The certificate chains of
 * a page are judged before its endpoints are handed out. The next page is fetched while the current one is judged. A
 * restart begins after the last endpoint that was stored.
 */
final class EvidenceReader implements ItemStreamReader<PlannedEndpoint>, AutoCloseable {

    private static final String JUDGED_UP_TO = "judgedUpTo";
    private static final int PAGE = 500;

    private final Evidence evidence;
    private final Filing filing;
    private final ChainVerdictCaches chains;
    private final CensusNight night;
    private final Progress progress;
    private final ArrayDeque<PlannedEndpoint> page = new ArrayDeque<>();
    private @Nullable EvidencePages pages;
    private long readUpTo;
    private long done;
    private long total;

    EvidenceReader(Evidence evidence, Filing filing, ChainVerdictCaches chains, CensusNight night, Progress progress) {
        this.evidence = evidence;
        this.filing = filing;
        this.chains = chains;
        this.night = night;
        this.progress = progress;
    }

    @Override
    public void open(ExecutionContext context) {
        progress.begin(NightStep.ASSESS);
        evidence.analyze(night);
        if (filing.hasOthersThan(night, MethodVersion.VERSION)) {
            // The program was replaced in the middle of the step. All of a night is judged by one version.
            filing.clear(night);
            begin(0);
        } else {
            begin(context.getLong(JUDGED_UP_TO, 0));
        }
    }

    /** @param judgedUpTo the endpoint id to begin after; 0 for all endpoints */
    void begin(long judgedUpTo) {
        begin(after -> evidence.page(night, after, PAGE), judgedUpTo);
    }

    /** Reads all endpoints of a night that was judged, with the calls that its verdicts rest on and no later ones. */
    void beginAgain() {
        begin(after -> evidence.judgedPage(night, after, PAGE), 0);
    }

    private void begin(LongFunction<List<PlannedEndpoint>> source, long judgedUpTo) {
        close();
        readUpTo = judgedUpTo;
        pages = new EvidencePages(source, judgedUpTo);
        done = 0;
        total = evidence.count(night, readUpTo);
        progress.at(0, total);
    }

    /** The next endpoints, {@code most} of them or fewer; an empty list at the end. */
    List<PlannedEndpoint> next(int most) {
        var found = new ArrayList<PlannedEndpoint>();
        for (var next = read(); next != null; next = found.size() < most ? read() : null) found.add(next);
        return found;
    }

    @Override
    public @Nullable PlannedEndpoint read() {
        if (page.isEmpty()) {
            if (pages == null) throw new IllegalStateException("evidence is read before the reader was opened");
            page.addAll(pages.next());
            if (page.isEmpty()) {
                progress.at(done, done);
                return null;
            }
            chains.prepare(page.stream()
                    .flatMap(each -> each.calls().stream())
                    .flatMap(call -> call.chainId().stream())
                    .toList());
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

    /** Drops what was fetched and not handed out. */
    @Override
    public void close() {
        page.clear();
        if (pages != null) pages.close();
        pages = null;
    }
}
