package org.starttlscensus.job;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.publish.DatasetWriter;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightLease;
import org.starttlscensus.store.Nights;

/** {@code publish}: writes verdicts and trends to files, all of which appear at once. Then the night is complete. */
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
                    new DatasetWriter()
                            .publish(
                                    request.out(),
                                    PublishedFiles.of(
                                            database,
                                            request.night(),
                                            settings.smtp().port()))
                            .ifPresent(kept -> progress.say("%s: another set of this night was published there before; "
                                            .formatted(request.out())
                                    + "it is kept as " + kept));
                    Optional.ofNullable(request.out().getParent())
                            .map(nights -> Takedowns.run(database, nights, clock.instant()))
                            .stream()
                            .flatMap(List::stream)
                            .map(Takedowns::words)
                            .forEach(progress::say);
                    new Nights(database).complete(lease, clock.instant());
                    return RepeatStatus.FINISHED;
                })
                .build();
    }
}
