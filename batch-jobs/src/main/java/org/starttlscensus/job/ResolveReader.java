package org.starttlscensus.job;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.starttlscensus.dns.MailResolver;
import org.starttlscensus.dns.ResolverSettings;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Counted;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.fact.OptOutSubject;
import org.starttlscensus.job.FailedLookups.FailedLookup;
import org.starttlscensus.job.ResolvedBatch.Resolved;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.store.OptOutRecords;
import org.starttlscensus.store.Routes;

/**
 * Resolves the mail route of each listed domain, and hands out routes in the order in which they are found. Then a
 * second pass looks up again what failed, because most failures of the DNS pass within minutes.
 *
 * <p>Domains are asked in the night's own order ({@link LookUpOrder}). For a restart it saves how many of them, from
 * the first, have a route that is stored. A restart in the second pass
 * begins that pass anew; what was stored as found is not asked again.
 *
 * <p>That order has all listed domains, so that it is the same after a restart. Those that have opted out by then are
 * left out of each page.
 *
 * <p>One thread (the executor's feeder) reads pages of domains; the step's thread does the rest.
 */
final class ResolveReader implements ItemStreamReader<ResolvedBatch> {

    /** What the reader needs to know of tonight. */
    record ResolveRequest(
            CensusNight night, ResolverSettings resolvers, Duration restBeforeSecondPass, AddressGate gate) {}

    private static final String STORED = "stored";
    private static final int PAGE = 2_000;

    private final Routes routes;
    private final OptOutRecords optOuts;
    private final CensusNight night;
    private final ResolveRequest request;
    private final Progress progress;
    /** The places in the order of those that were started and are not stored, and the place of each by its id. */
    private final ConcurrentSkipListSet<Long> notStored = new ConcurrentSkipListSet<>();

    private final ConcurrentHashMap<Long, Long> places = new ConcurrentHashMap<>();
    private LookUpOrder order = LookUpOrder.NONE;
    private volatile long started;
    /** Domains that were on a page and opted out. */
    private final AtomicLong leftOut = new AtomicLong();

    private long done;
    private long total;
    private ResolvedBatch handedOut = ResolvedBatch.NONE;
    private int pass = 1;
    private @Nullable MailResolver resolver;
    private @Nullable OptOutQuestions questions;
    private @Nullable UnorderedExecutor<?, Resolved> work;

    ResolveReader(Routes routes, OptOutRecords optOuts, ResolveRequest request, Progress progress) {
        this.routes = routes;
        this.optOuts = optOuts;
        this.night = request.night();
        this.request = request;
        this.progress = progress;
    }

    @Override
    public void open(ExecutionContext context) {
        started = context.getLong(STORED, 0);
        optOuts.begin(night);
        order = LookUpOrder.of(night, routes.ids(night));
        total = order.size() - started;
        progress.begin(NightStep.RESOLVE);
        progress.at(0, total);
        var opened = new MailResolver(request.resolvers());
        resolver = opened;
        var known = new OptOutQuestions(opened, request.gate(), optOuts.known());
        questions = known;
        var firstPass = new UnorderedExecutor<>(
                request.resolvers().inFlight(), this::page, listed -> route(opened, known, listed));
        work = firstPass;
        firstPass.start();
    }

    @Override
    public @Nullable ResolvedBatch read() throws InterruptedException {
        handedOut = next();
        done += handedOut.size();
        progress.at(done, handedOut.size() == 0 ? done : total - leftOut.get());
        return handedOut.size() == 0 ? null : handedOut;
    }

    /** Called when the batch that was handed out last is stored. */
    @Override
    public void update(ExecutionContext context) {
        handedOut.domains().forEach(found -> {
            var place = places.remove(found.domainId());
            if (place != null) notStored.remove(place);
        });
        var upTo = started; // read before notStored: domains that start later have greater places
        context.putLong(STORED, notStored.isEmpty() ? upTo : Math.min(upTo, notStored.first()));
    }

    @Override
    public void close() {
        if (work != null) work.close();
        if (resolver != null) resolver.close();
    }

    private ResolvedBatch next() throws InterruptedException {
        if (work == null || resolver == null || questions == null) throw new IllegalStateException("not open");
        var batch = work.next();
        if (batch.isEmpty() && pass == 1) {
            pass = 2;
            if (beginSecondPass(resolver, questions)) batch = work.next();
        }
        if (batch.isEmpty() && pass == 2) {
            pass = 3;
            if (beginOptOuts(questions)) batch = work.next();
        }
        return batch.map(ResolvedBatch::of).orElse(ResolvedBatch.NONE);
    }

    /** All batches of the first pass are stored by now, because a batch is stored before the next one is read. */
    private boolean beginSecondPass(MailResolver opened, OptOutQuestions known) throws InterruptedException {
        var failed = routes.countFailed(night);
        if (failed == 0) return false;
        progress.say("%s failed; %s tried once more"
                .formatted(Counted.of(failed, "look-up"), failed == 1 ? "it is" : "each is"));
        total += failed;
        Thread.sleep(request.restBeforeSecondPass());
        opened.forgetFailures();
        var failedLookups = new FailedLookups(routes, night, PAGE);
        var secondPass = new UnorderedExecutor<FailedLookup, Resolved>(
                request.resolvers().inFlight(), failedLookups::next, one -> again(opened, known, one));
        work = secondPass;
        secondPass.start();
        return true;
    }

    /** Those who opted out by the DNS are on no page of domains: whether they still want it is asked here. */
    private boolean beginOptOuts(OptOutQuestions known) {
        var subjects = new ArrayDeque<>(List.of(known.known()));
        if (known.known().isEmpty()) return false;
        total += known.known().size();
        var third = new UnorderedExecutor<OptOutSubject, Resolved>(
                request.resolvers().inFlight(),
                () -> subjects.isEmpty() ? List.of() : subjects.removeFirst(),
                subject -> new Resolved.OfOptOut(known.again(subject)));
        work = third;
        third.start();
        return true;
    }

    private static Resolved route(MailResolver resolver, OptOutQuestions questions, Routes.ListedDomain listed) {
        var asked = questions.of(resolver.route(listed.domain()));
        return new Resolved.OfDomain(new Routes.Found(listed.domainId(), asked.route()), asked.said());
    }

    private static Resolved again(MailResolver resolver, OptOutQuestions questions, FailedLookup failed) {
        return switch (failed) {
            case FailedLookup.FailedDomain(var listed) -> route(resolver, questions, listed);
            case FailedLookup.FailedHostname(var host) -> {
                var addresses = resolver.addresses(host);
                yield new Resolved.OfHost(addresses, questions.of(addresses));
            }
        };
    }

    /** The next domains that have not opted out; none at the end. */
    private List<Routes.ListedDomain> page() {
        while (true) {
            long from = started;
            var ids = order.page(from, PAGE);
            if (ids.length == 0) return List.of();
            for (int i = 0; i < ids.length; i++) {
                places.put(ids[i], from + i);
                notStored.add(from + i);
            }
            started = from + ids.length;
            var named = routes.named(ids);
            leaveOut(ids, named);
            if (!named.isEmpty()) return named;
        }
    }

    /** Who opted out is never stored, and must not hold up what a restart begins with. */
    private void leaveOut(long[] ids, List<Routes.ListedDomain> named) {
        if (named.size() == ids.length) return;
        var asked = named.stream().map(Routes.ListedDomain::domainId).collect(Collectors.toSet());
        for (long id : ids) {
            if (asked.contains(id)) continue;
            var place = places.remove(id);
            if (place != null) notStored.remove(place);
            leftOut.incrementAndGet();
        }
    }
}
