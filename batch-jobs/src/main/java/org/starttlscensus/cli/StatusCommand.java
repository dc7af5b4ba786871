package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.job.NightCalendar;
import org.starttlscensus.settings.CallWindow;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.NightStatus;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.OperatorOverrides;
import org.starttlscensus.store.OptOuts;
import org.starttlscensus.store.Publications;
import org.starttlscensus.store.RunRequests;
import org.starttlscensus.store.StepState;
import org.starttlscensus.store.UnknownReplies;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        description = "The progress of a night, or its results. Only reads, also while a night runs.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  census status", "  census status --night 2026-11-23 --json"})
final class StatusCommand implements Callable<Integer> {

    private static final int MOST_REPLIES_SHOWN = 10;
    private static final int MOST_OF_A_REPLY = 300;

    @Mixin
    private NightOption night;

    @Mixin
    private OutputOptions output;

    @Mixin
    private LookingOptions options;

    @Override
    public Integer call() {
        var settings = options.read();
        try (var database = Databases.look(settings.database())) {
            var row = night.find(database);
            var window = options.isDemo() ? Optional.<CallWindow>empty() : settings.windowInForce();
            output.print(
                    () -> StatusJson.of(database, row, steps(database, row.night()), window, options.isDemo()), out -> {
                        print(database, row, settings.tonightsLimits().timeScale(), out);
                        window.ifPresent(hours -> printWindow(database, hours, out));
                        LabTime.sentence(settings).ifPresent(out::println);
                        options.printFile(out);
                    });
            return CommandLine.ExitCode.OK;
        }
    }

    private static void printWindow(Database database, CallWindow window, PrintWriter out) {
        var now = Clock.systemUTC().instant();
        out.println(WindowWords.state(window, now));
        NightCalendar.missed(new Nights(database).latest(), now, window)
                .map(WindowWords::missed)
                .ifPresent(words -> out.printf("Missed: %s%n", words));
    }

    private void print(Database database, NightRow row, double timeScale, PrintWriter out) {
        var progress = NightProgress.of(database, row, Clock.systemUTC(), options.isDemo());
        out.printf("Night %s: %s%n", row.night(), ending(row, progress));
        publication(database, row).ifPresent(out::println);
        row.contactsPrunedAt().map(PrunedWords::ofNight).ifPresent(out::println);
        progress.oddities().forEach(out::println);
        var isOver = options.isDemo() && progress.state() == NightProgress.NightState.NOT_RUNNING;
        if (!isOver) progress.words().ifPresent(out::println);
        var sources = new NightStatus(database).sources(row.night());
        if (!sources.isEmpty())
            out.printf(
                    "Called from: %s%n",
                    sources.stream()
                            .map(one -> "%s (%,d calls)".formatted(one.source(), one.calls()))
                            .collect(Collectors.joining(", ")));
        new RunRequests(database)
                .latest(row.night())
                .filter(_ -> row.completedAt().isEmpty())
                .ifPresent(latest -> out.printf(
                        "Last request by the operator, at %s: %s%n",
                        latest.at(), latest.request().label()));
        var paused = new OperatorOverrides(database).paused();
        if (!paused.isEmpty()) out.printf("Paused by the operator: %s%n", String.join(", ", new TreeSet<>(paused)));
        var leftOut = new OptOuts(database).register().size();
        if (leftOut > 0)
            out.printf(
                    "Left out because they asked: %,d names and networks (census opt-out list%s)%n",
                    leftOut, options.forNextCommand());
        new WaitingList(database, timeScale).print(out, options.forNextCommand());
        TrustStoreAge.warning(row.trustStore(), LocalDate.now(Clock.systemUTC()))
                .ifPresent(out::println);
        out.println();
        steps(database, row.night()).forEach((step, status) -> out.printf("  %-14s %s%n", step, status));
        out.println();
        NightSummary.outcomes(database, row.night(), out);
        unknownReplies(new UnknownReplies(database).of(row.night(), MOST_REPLIES_SHOWN), out);
    }

    private String ending(NightRow row, NightProgress progress) {
        return row.completedAt()
                .map(at -> row.isClosedEarly()
                        ? "broken off; judged at " + at + " by what it had, and not published"
                        : "completed at " + at)
                .orElse(progress.state().words(options.isDemo()));
    }

    /** Whether it waits to be published, or why it was. */
    private static Optional<String> publication(Database database, NightRow row) {
        if (row.completedAt().isEmpty() || row.isClosedEarly()) return Optional.empty();
        var publication = new Publications(database).of(row.night());
        if (publication.isEmpty()) return Optional.of(NightSummary.unpublished(row.night()));
        return publication
                .get()
                .reason()
                .map(reason -> "Published at %s, because: %s"
                        .formatted(publication.get().publishedAt(), Printable.line(reason.text())));
    }

    /** A missing rule is a gap of ours, so it is shown in the command that operators use every day. */
    private static void unknownReplies(UnknownReplies.ReplyListing unknown, PrintWriter out) {
        if (unknown.texts() == 0) return;
        out.printf("%n  replies that match no rule (class other): %,d%n", unknown.texts());
        unknown.replies()
                .forEach(one -> out.printf(
                        "  %,9d x at %-9s %s: %s%n",
                        one.calls(), one.phase().label(), one.example(), Printable.peer(one.reply(), MOST_OF_A_REPLY)));
        if (unknown.texts() > unknown.replies().size()) {
            out.printf(
                    "  and %,d more; up to %,d with --json%n",
                    unknown.texts() - unknown.replies().size(), StatusJson.MOST_REPLIES);
        }
    }

    private static Map<String, String> steps(Database database, CensusNight night) {
        var begun = new NightStatus(database).steps(night);
        Map<String, String> steps = new LinkedHashMap<>();
        for (var step : NightStep.values()) {
            steps.put(
                    step.label(),
                    Optional.ofNullable(begun.get(step)).map(StepState::name).orElse("not begun"));
        }
        return steps;
    }
}
