package org.starttlscensus.job;

import java.time.InstantSource;
import java.util.Optional;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightLease;
import org.starttlscensus.store.Nights;

/**
 * {@code publish}: writes verdicts and trends to files, all of which appear at once. Then the night is complete.
 * Outside a lab somebody must look at the night first: it is complete without files, and {@code census publish} writes
 * them.
 */
@Configuration(proxyBeanMethods = false)
class PublishStep {

    @Bean
    Step publish(
            JobRepository jobs,
            Database database,
            NightRequest request,
            NightLease lease,
            CensusSettings settings,
            Progress progress,
            InstantSource clock,
            StopSignal stopSignal,
            NightEnd end) {
        return new StepBuilder(NightStep.PUBLISH.label(), jobs)
                .listener(stopSignal)
                .tasklet((_, _) -> {
                    if (end == NightEnd.CLOSED_EARLY) {
                        new Nights(database).closeEarly(lease, clock.instant());
                        return RepeatStatus.FINISHED;
                    }
                    progress.begin(NightStep.PUBLISH);
                    var publisher = new NightPublisher(database, progress, clock);
                    if (settings.lab().isPresent())
                        publisher.publish(
                                request.night(), request.out(), settings.smtp().port(), Optional.empty());
                    else publisher.takeDown(request.out());
                    new Nights(database).complete(lease, clock.instant());
                    return RepeatStatus.FINISHED;
                })
                .build();
    }
}
