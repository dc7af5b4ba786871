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
 * Asks the DNS for each listed domain and hands out routes as they come. For a restart it keeps the id below which every
 * domain is stored.
 */
final class ResolveReader implements ItemStreamReader<List<Routes.Found>> {

    private static final String STORED_UP_TO = "storedUpTo";
    private static final int PAGE = 2_000;

    private final Routes routes;
    private final CensusNight night;
    private final ResolverSettings settings;
    private final Progress progress;
    private final ConcurrentSkipListSet<Long> underWay = new ConcurrentSkipListSet<>();
    private volatile long fedUpTo;
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
        fedUpTo = context.getLong(STORED_UP_TO, 0);
        total = routes.count(night, fedUpTo);
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

    /** Called when what was handed out last is stored. */
    @Override
    public void update(ExecutionContext context) {
        handedOut.forEach(found -> underWay.remove(found.domainId()));
        var fed = fedUpTo; // read first: what is fed after this has a greater id
        var first = underWay.isEmpty() ? fed + 1 : underWay.first();
        context.putLong(STORED_UP_TO, Math.min(fed, first - 1));
    }

    @Override
    public void close() {
        if (work != null) work.close();
        if (resolver != null) resolver.close();
    }

    private List<Routes.ListedDomain> page() {
        var page = routes.domains(night, fedUpTo, PAGE);
        page.forEach(listedDomain -> underWay.add(listedDomain.domainId()));
        if (!page.isEmpty()) fedUpTo = page.getLast().domainId();
        return page;
    }
}
