package org.starttlscensus.job;

import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.lists.ListName;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Lists;

/**
 * {@code list}: reads list files into {@code list_edition} and {@code listed_block}. The night is pinned to these
 * editions, so a restart uses the same ones.
 */
@Configuration(proxyBeanMethods = false)
class ListStep {

    /** In published files this id stands for all lists together. */
    private static final String ALL = "all";

    @Bean
    Step list(
            JobRepository jobs,
            Database database,
            NightRequest request,
            CensusSettings settings,
            Progress progress,
            InstantSource clock,
            StopSignal stopSignal) {
        var lists = new Lists(database);
        return new StepBuilder(NightStep.LIST.label(), jobs)
                .listener(stopSignal)
                .tasklet((_, _) -> {
                    progress.begin(NightStep.LIST);
                    if (lists.pinned(request.night()).isEmpty()) {
                        new ListLoader(lists, request, progress, clock).load();
                        if (!request.dryRun())
                            MeasuringConditions.note(request.night(), settings, database, clock.instant());
                    } else progress.say("the night uses the lists of its first start again");
                    return RepeatStatus.FINISHED;
                })
                .build();
    }

    /**
     * The list's name in every published file: letters, digits, {@code .}, {@code _} and {@code -}, so that CSV stays
     * valid.
     */
    static String listId(Path file) {
        var id = ListName.of(file).replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[^A-Za-z0-9]+", "");
        if (id.isEmpty() || id.equalsIgnoreCase(ALL)) {
            throw new RefusedNightException(
                    "%s: a list cannot be called \"%s\". No server was called. Rename the file.".formatted(file, id));
        }
        return id;
    }
}
