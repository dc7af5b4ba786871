package org.starttlscensus.job;

import javax.sql.DataSource;
import org.springframework.batch.core.configuration.support.JdbcDefaultBatchConfiguration;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SafetyGate;
import org.starttlscensus.store.Database;

/**
 * The steps of the night, in order. Each step reads what earlier ones stored, so any step can be run again by itself.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    ListStep.class,
    ResolveStep.class,
    PlanStep.class,
    CallStep.class,
    AssessStep.class,
    AggregateStep.class,
    RecordHistoryStep.class,
    PublishStep.class
})
class NightJob extends JdbcDefaultBatchConfiguration {

    static final String NAME = "nightlyCensus";

    @Bean
    Job nightlyCensus(
            JobRepository jobs,
            Step list,
            Step resolve,
            Step plan,
            Step call,
            Step assess,
            Step aggregate,
            Step recordHistory,
            Step publish) {
        return new JobBuilder(NAME, jobs)
                .start(list) // files              -> list_edition, listed_block
                .next(resolve) // listed_block       -> mail_route, host_addresses, endpoint
                .next(plan) // routes             -> planned_call
                .next(call) // planned_call       -> permit, observation
                .next(assess) // observation        -> assessed_server
                .next(aggregate) // assessed_server    -> server_night, domain_state, trends
                .next(recordHistory) // permit, verdicts   -> what later nights need
                .next(publish) // verdicts, trends   -> files
                .build();
    }

    @Bean
    AddressGate addressGate(CensusSettings settings, NightRequest request) {
        return request.dryRun() ? SafetyGate.planning(settings) : SafetyGate.calling(settings);
    }

    /** Spring must not close it: it belongs to the database, which stays open after the night. */
    @Bean(destroyMethod = "")
    DataSource dataSource(Database database) {
        return database.dataSource();
    }

    @Bean
    PlatformTransactionManager transactionManager(Database database) {
        return database.transactionManager();
    }

    @Override
    protected String getTablePrefix() {
        return "batch.batch_";
    }
}
