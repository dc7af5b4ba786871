package org.starttlscensus.job;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.starttlscensus.dns.ResolverSettings;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.OptOutRecords;
import org.starttlscensus.store.Routes;

/** {@code resolve}: reads listed domains, writes {@code mail_route}, {@code host_addresses} and {@code endpoint}. */
@Configuration(proxyBeanMethods = false)
public class ResolveStep {

    /** Resolvers may answer from memory that a look-up failed: Unbound for 5 s. */
    private static final Duration REST_BEFORE_SECOND_PASS = Duration.ofSeconds(10);

    /** An item is what was found within half a second. Its writer uses a transaction of its own. */
    @Bean
    Step resolve(
            JobRepository jobs,
            ResolveReader resolveReader,
            Database database,
            NightRequest request,
            InstantSource clock,
            StopSignal stopSignal) {
        var routes = new Routes(database);
        var optOuts = new OptOutRecords(database);
        ItemWriter<ResolvedBatch> writer = chunk -> chunk.forEach(batch -> {
            if (!batch.domains().isEmpty()) routes.save(request.night(), batch.domains());
            if (!batch.hosts().isEmpty()) routes.saveHosts(request.night(), batch.hosts());
            if (!batch.said().isNothing()) optOuts.collect(request.night(), batch.said(), clock.instant());
        });
        return new StepBuilder(NightStep.RESOLVE.label(), jobs)
                .listener(stopSignal)
                .<ResolvedBatch, ResolvedBatch>chunk(1)
                .transactionManager(new ResourcelessTransactionManager())
                .reader(resolveReader)
                .writer(writer)
                .build();
    }

    /**
     * In the lab the resolver is on this machine, so the timeout is 1 s: what is silent longer is silent by design.
     * Nobody else answers there, so queries have a pace only if the settings say so.
     */
    public static ResolverSettings dnsSettings(CensusSettings settings) {
        var resolvers = settings.dns().resolvers().stream()
                .map(resolver -> new InetSocketAddress(resolver.address().toInetAddress(), resolver.port()))
                .toList();
        var ordinary = ResolverSettings.of(resolvers);
        var perSecond = settings.dns().queriesPerSecond();
        if (settings.lab().isEmpty()) return perSecond.isPresent() ? ordinary.at(perSecond) : ordinary;
        return new ResolverSettings(resolvers, Duration.ofSeconds(1), ordinary.tries(), ordinary.inFlight(), perSecond);
    }

    @Bean
    ResolveReader resolveReader(
            Database database, NightRequest request, CensusSettings settings, AddressGate gate, Progress progress) {
        // In the lab nobody remembers failures, and nights must not wait.
        var rest = settings.lab().isEmpty() ? REST_BEFORE_SECOND_PASS : Duration.ZERO;
        return new ResolveReader(
                new Routes(database),
                new OptOutRecords(database),
                new ResolveReader.ResolveRequest(request.night(), dnsSettings(settings), rest, gate),
                progress);
    }
}
