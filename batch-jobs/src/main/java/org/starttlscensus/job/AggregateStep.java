package org.starttlscensus.job;

import java.time.InstantSource;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.ledger.ProviderPaces;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Filing;
import org.starttlscensus.store.Politeness;
import org.starttlscensus.store.Trends;
import org.starttlscensus.store.Verdicts;

/**
 * {@code aggregate}: completes the verdicts on servers and files them in {@code server_night}; rolls them up to
 * {@code domain_verdict} and the trend tables, and permits to {@code politeness}. All of it is SQL.
 */
@Configuration(proxyBeanMethods = false)
class AggregateStep {

    @Bean
    Step aggregate(
            JobRepository jobs,
            Database database,
            NightRequest request,
            CensusSettings settings,
            Progress progress,
            InstantSource clock,
            StopSignal stopSignal) {
        return new StepBuilder(NightStep.AGGREGATE.label(), jobs)
                .listener(stopSignal)
                .tasklet((_, _) -> {
                    progress.begin(NightStep.AGGREGATE);
                    aggregate(
                            database,
                            request.night(),
                            MeasuringConditions.limits(request.night(), settings, database),
                            clock);
                    return RepeatStatus.FINISHED;
                })
                .build();
    }

    /**
     * Domains and trends are computed side by side: both only read server verdicts, and they write different tables.
     */
    static void aggregate(Database database, CensusNight night, Limits limits, InstantSource clock) {
        var paces = ProviderPaces.of(database, night, limits);
        // First, because it says whose refusals spread to a whole provider, and a confirmation asks that.
        new Politeness(database).aggregate(night, paces.suspensions(), paces.suspendedAddresses());
        var verdicts = new Verdicts(database);
        var filing = new Filing(database);
        if (!filing.isFiled(night)) {
            verdicts.confirm(night, limits.endpoint().gap());
            verdicts.inherit(night);
            filing.publish(night, MethodVersion.VERSION, clock.instant());
        }
        filing.analyze(night);
        var version = filing.publishedVersion(night).orElseThrow();
        SideBySide.run(
                () -> new Trends(database).aggregate(night, version), () -> verdicts.rollUpDomains(night, version));
    }
}
