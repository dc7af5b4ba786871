package org.starttlscensus.job;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.starttlscensus.dns.MailResolver;
import org.starttlscensus.dns.ResolverSettings;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.store.Routes;

/**
 * Resolves the mail route of each listed domain, and hands out routes in the order in which they are found. For a
 * restart it saves the greatest id up to which every domain's route is stored.
 *
 * <p>One thread (the executor's feeder) reads pages of domains; the step's thread does the rest.
 */
final class ResolveReader implements ItemStreamReader<List<Routes.Found>> {

    private static final String STORED_UP_TO = "storedUpTo";
    private static final int PAGE = 2_000;

    private final Routes routes;
    private final CensusNight night;
    private final ResolverSettings settings;
    private final Progress progress;
    private final ConcurrentSkipListSet<Long> notStored = new ConcurrentSkipListSet<>();
    private volatile long startedUpTo;
    private long done;
    private long total;
    private List<Routes.Found> handedOut = List.of();
    private @Nullable MailResolver resolver;
    private @Nullable UnorderedExecutor<Routes.ListedDomain, Routes.Found> work;

    ResolveReader(Routes routes, CensusNight night, ResolverSettings settings, Progress progress) {
        this.routes = routes;
        this.night = night;
        this.settings = settings;
        this.progress = progress;
    }

    @Override
    public void open(ExecutionContext context) {
        startedUpTo = context.getLong(STORED_UP_TO, 0);
        total = routes.count(night, startedUpTo);
        progress.begin(NightStep.RESOLVE);
        progress.at(0, total);
        var opened = new MailResolver(settings);
        resolver = opened;
        work = new UnorderedExecutor<>(
                settings.inFlight(),
                this::page,
                listedDomain -> new Routes.Found(listedDomain.domainId(), opened.route(listedDomain.domain())));
        work.start();
    }

    @Override
    public @Nullable List<Routes.Found> read() throws InterruptedException {
        if (work == null) throw new IllegalStateException("not open");
        handedOut = work.next().orElse(List.of());
        done += handedOut.size();
        progress.at(done, total);
        return handedOut.isEmpty() ? null : handedOut;
    }

    /** Called when the batch that was handed out last is stored. */
    @Override
    public void update(ExecutionContext context) {
        handedOut.forEach(found -> notStored.remove(found.domainId()));
        var started = startedUpTo; // read before notStored: domains that start later have greater ids
        var first = notStored.isEmpty() ? started + 1 : notStored.first();
        context.putLong(STORED_UP_TO, Math.min(started, first - 1));
    }

    @Override
    public void close() {
        if (work != null) work.close();
        if (resolver != null) resolver.close();
    }

    private List<Routes.ListedDomain> page() {
        var page = routes.domains(night, startedUpTo, PAGE);
        page.forEach(listedDomain -> notStored.add(listedDomain.domainId()));
        if (!page.isEmpty()) startedUpTo = page.getLast().domainId();
        return page;
    }
}
