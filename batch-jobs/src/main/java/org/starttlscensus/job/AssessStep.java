package org.starttlscensus.job;

import java.time.InstantSource;
import java.util.List;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Evidence;
import org.starttlscensus.store.Filing;
import org.starttlscensus.store.PlannedEndpoint;
import org.starttlscensus.store.ServerVerdictRow;
import org.starttlscensus.store.Verdicts;
import org.starttlscensus.verdict.TrustStore;

/** {@code assess}: reads observations, writes {@code assessed_server} and {@code chain_verdict}. Uses no network. */
@Configuration(proxyBeanMethods = false)
class AssessStep {

    private static final int SERVERS_AT_ONCE = 500;

    @Bean
    Step assess(
            JobRepository jobs,
            PlatformTransactionManager transactions,
            EvidenceReader evidenceReader,
            CensusSettings settings,
            TrustStore trustStore,
            ChainVerdictCaches chains,
            Database database,
            NightRequest request,
            StopSignal stopSignal) {
        var judge = new ServerJudge(
                chains.named(trustStore.name()).orElseThrow(),
                MeasuringConditions.limits(request.night(), settings, database)
                        .endpoint()
                        .gap());
        ItemProcessor<PlannedEndpoint, ServerVerdictRow> processor = judge::judge;
        var verdicts = new Verdicts(database);
        ItemWriter<ServerVerdictRow> writer =
                chunk -> verdicts.save(request.night(), MethodVersion.VERSION, List.copyOf(chunk.getItems()));
        return new StepBuilder(NightStep.ASSESS.label(), jobs)
                .listener(stopSignal)
                .<PlannedEndpoint, ServerVerdictRow>chunk(SERVERS_AT_ONCE)
                .transactionManager(transactions)
                .reader(evidenceReader)
                .processor(processor)
                .writer(writer)
                .build();
    }

    @Bean
    EvidenceReader evidenceReader(
            Database database, ChainVerdictCaches chains, NightRequest request, Progress progress) {
        return new EvidenceReader(new Evidence(database), new Filing(database), chains, request.night(), progress);
    }

    @Bean
    ChainVerdictCaches chainVerdictCaches(
            NightRequest request, TrustStore trustStore, Database database, InstantSource clock) {
        return ChainVerdictCaches.ofTheNight(request.night(), trustStore, database, clock);
    }
}
