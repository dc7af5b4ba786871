package org.starttlscensus.job;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.starttlscensus.ledger.ProviderPaces;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Politeness;
import org.starttlscensus.store.Trends;
import org.starttlscensus.store.Verdicts;

/** {@code aggregate}: verdicts of servers to {@code domain_verdict} and the trend tables, permits to {@code politeness}, in SQL. */
@Configuration(proxyBeanMethods = false)
class AggregateStep {

    @Bean
    Step aggregate(JobRepository jobs, Database database, NightRequest request, CensusSettings settings, Progress progress,
            Stop stop) {
        var verdicts = new Verdicts(database);
        var trends = new Trends(database);
        var politeness = new Politeness(database);
        return new StepBuilder("aggregate", jobs).listener(stop).tasklet((_, _) -> {
            progress.begin("aggregate");
            verdicts.confirm(request.night(), settings.tonightsLimits().endpoint().gap());
            verdicts.inherit(request.night());
            verdicts.rollUpDomains(request.night(), Method.VERSION);
            trends.aggregate(request.night(), Method.VERSION);
            politeness.aggregate(request.night(),
                    ProviderPaces.of(database, request.night(), settings.tonightsLimits()).suspensions());
            return RepeatStatus.FINISHED;
        }).build();
    }
}
