package org.starttlscensus.job;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.lists.DomainList;
import org.starttlscensus.lists.ListLine;
import org.starttlscensus.lists.PinnedList;
import org.starttlscensus.store.CopyWriter;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Lists;

/**
 * {@code list}: reads list files into {@code list_edition} and {@code listed_domain}. The night is pinned to these
 * editions, so a restart uses the same ones.
 */
@Configuration(proxyBeanMethods = false)
class ListStep {

    private static final Pattern ENDINGS =
            Pattern.compile("(?:\\.(?:csv|txt|lst|list|gz|zip))+$", Pattern.CASE_INSENSITIVE);
    /** In published files this id stands for all lists together. */
    private static final String ALL = "all";

    @Bean
    Step list(
            JobRepository jobs,
            Database database,
            NightRequest request,
            Progress progress,
            InstantSource clock,
            StopSignal stopSignal) {
        var lists = new Lists(database);
        return new StepBuilder(NightStep.LIST.label(), jobs)
                .listener(stopSignal)
                .tasklet((_, _) -> {
                    progress.begin(NightStep.LIST);
                    if (lists.pinned(request.night()).isEmpty()) read(lists, request, progress, clock);
                    else progress.say("the night uses the lists of its first start again");
                    return RepeatStatus.FINISHED;
                })
                .build();
    }

    /** Checks every file before any is stored, so that a bad one refuses the night before anything has happened. */
    private static void read(Lists lists, NightRequest request, Progress progress, InstantSource clock) {
        if (request.lists().isEmpty()) {
            throw new RefusedNightException("""
                    night %s: no list of domains was given. No server was called.
                    Give one with --list FILE (one domain per line, or rank,domain as Tranco publishes it; also .gz \
                    and .zip), or set census.lists.""".formatted(request.night()));
        }
        var pinned = new ArrayList<PinnedList>();
        Map<String, Path> named = new HashMap<>();
        for (var file : request.lists()) {
            var other = named.putIfAbsent(listId(file), file);
            if (other != null) throw sameName(file, other);
            pinned.add(DomainList.pin(file));
        }
        var editions = new ArrayList<Long>();
        long[] done = {0};
        for (var file : pinned) {
            editions.add(edition(lists, file, request, clock, () -> {
                if (++done[0] % 10_000 == 0) progress.at(done[0], 0);
            }));
        }
        lists.pin(request.night(), editions);
        progress.at(done[0], done[0]);
    }

    private static long edition(
            Lists lists, PinnedList file, NightRequest request, InstantSource clock, Runnable line) {
        var id = listId(file.file());
        var sha256 = Octets.of(HexFormat.of().parseHex(file.sha256Hex()));
        return lists.edition(id, sha256)
                .orElseGet(() -> lists.load(
                        new Lists.File(id, file.file().toString(), sha256, file.bytes()),
                        rows -> stream(file, request, rows, line),
                        clock.instant()));
    }

    private static Lists.LineCounts stream(PinnedList file, NightRequest request, CopyWriter rows, Runnable line) {
        var count = DomainList.read(file, request.tolerance(), read -> {
            switch (read) {
                case ListLine.Listed(var _, var domain, var rank) -> rows.listed(domain, rank);
                case ListLine.Rejected(var number, var reason, var excerpt) ->
                    rows.rejected(number, reason.label(), excerpt);
            }
            line.run();
        });
        return new Lists.LineCounts(count.lines(), count.accepted(), count.rejected(), count.withoutData());
    }

    /**
     * The list's name in every published file: letters, digits, {@code .}, {@code _} and {@code -}, so that CSV stays
     * valid.
     */
    static String listId(Path file) {
        var id = ENDINGS.matcher(file.getFileName().toString())
                .replaceFirst("")
                .replaceAll("[^A-Za-z0-9._-]", "_")
                .replaceFirst("^[^A-Za-z0-9]+", "");
        if (id.isEmpty() || id.equalsIgnoreCase(ALL)) {
            throw new RefusedNightException(
                    "%s: a list cannot be called \"%s\". No server was called. Rename the file.".formatted(file, id));
        }
        return id;
    }

    private static RefusedNightException sameName(Path file, Path other) {
        return new RefusedNightException("""
                %s and %s would both be called "%s" in the results. No server was called. Rename one of them.\
                """.formatted(other, file, listId(file)));
    }
}
