package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.NightStatus;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.OperatorOverrides;
import org.starttlscensus.store.RunRequests;
import org.starttlscensus.store.StepState;
import org.starttlscensus.store.UnknownReplies;
import org.starttlscensus.store.Verdicts;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "status",
        description = "How far a night is, or what it came to. Looks only; may be asked while a night runs.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  census status", "  census status --night 2026-11-23 --json"})
final class StatusCommand implements Callable<Integer> {


    private static final int MOST_REPLIES_SHOWN = 10;
    private static final int MOST_REPLIES_IN_JSON = 1_000;
    private static final int MOST_OF_A_REPLY = 300;

    @Option(names = "--night", paramLabel = "DATE", converter = NightConverter.class, description = "The night (default: the last one).")
    private @Nullable CensusNight night;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var settings = options.read();
        try (var database = Databases.open(settings.database())) {
            var nights = new Nights(database);
            Optional<NightRow> found = night == null ? nights.latest() : nights.find(night);
            if (found.isEmpty()) {
                spec.commandLine().getErr().printf("census: %s has no %s. Run one with: census run --list FILE%n",
                        Printable.line(database.where()), night == null ? "night yet" : "night " + night);
                return Faults.REFUSED;
            }
            print(database, found.get());
            return CommandLine.ExitCode.OK;
        }
    }

    private void print(Database database, NightRow row) {
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.write(asMap(database, row)));
            return;
        }
        out.printf("Night %s: %s%n", row.night(), ending(row));
        new RunRequests(database).latest(row.night()).filter(_ -> row.completedAt().isEmpty()).ifPresent(recordedRequest ->
                out.printf("Asked by the operator at %s: %s%n", recordedRequest.at(), recordedRequest.request().label()));
        var paused = new OperatorOverrides(database).paused();
        if (!paused.isEmpty()) out.printf("Paused by the operator: %s%n", String.join(", ", new TreeSet<>(paused)));
        out.println();
        steps(database, row.night()).forEach((step, status) -> out.printf("  %-10s %s%n", step, status));
        out.println();
        NightSummary.outcomes(database, row.night(), out);
        unknownReplies(new UnknownReplies(database).of(row.night(), MOST_REPLIES_SHOWN), out);
        out.flush();
    }

    private static String ending(NightRow row) {
        return row.completedAt().map(at -> row.isClosedEarly() ? "broken off; judged by what it had at " + at + ", and not published"
                : "completed at " + at).orElse("not complete");
    }

    /** A rule that is missing is our gap, so it is shown where we look every day. */
    private static void unknownReplies(UnknownReplies.ReplyListing unknown, PrintWriter out) {
        if (unknown.texts() == 0) return;
        out.printf("%n  replies that no rule knows (class other): %,d%n", unknown.texts());
        unknown.replies().forEach(one -> out.printf("  %,9d x at %-9s %s: %s%n", one.calls(), one.phase().label(), one.example(),
                Printable.peer(one.reply(), MOST_OF_A_REPLY)));
        if (unknown.texts() > unknown.replies().size()) {
            out.printf("  and %,d more; up to %,d with --json%n", unknown.texts() - unknown.replies().size(), MOST_REPLIES_IN_JSON);
        }
    }

    private static Map<String, String> steps(Database database, CensusNight night) {
        var begun = new NightStatus(database).steps(night);
        Map<String, String> steps = new LinkedHashMap<>();
        for (var step : NightStep.values()) {
            steps.put(step.label(), Optional.ofNullable(begun.get(step)).map(StepState::name).orElse("not begun"));
        }
        return steps;
    }

    private static Map<String, Object> asMap(Database database, NightRow row) {
        var nightCounts = new NightStatus(database).counts(row.night());
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("night", row.night().toString());
        map.put("opened_at", row.openedAt().toString());
        row.completedAt().ifPresent(at -> map.put("completed_at", at.toString()));
        map.put("closed_early", row.isClosedEarly());
        map.put("method_version", row.methodVersion());
        map.put("trust_store", row.trustStore());
        new RunRequests(database).latest(row.night()).ifPresent(recordedRequest -> map.put("asked", recordedRequest.request().label()));
        map.put("paused_providers", new TreeSet<>(new OperatorOverrides(database).paused()));
        map.put("steps", steps(database, row.night()));
        map.put("domains", nightCounts.domains());
        map.put("planned", nightCounts.planned());
        map.put("to_call", nightCounts.toCall());
        map.put("permits", nightCounts.permits());
        map.put("open_permits", nightCounts.openPermits());
        map.put("observed", nightCounts.observed());
        Map<String, Long> outcomes = new LinkedHashMap<>();
        new Verdicts(database).outcomes(row.night()).forEach(one -> outcomes.merge(one.outcome(), one.servers(), Long::sum));
        map.put("outcomes", outcomes);
        var unknown = new UnknownReplies(database).of(row.night(), MOST_REPLIES_IN_JSON);
        map.put("unknown_reply_texts", unknown.texts());
        map.put("unknown_replies", unknown.replies().stream().map(one -> Map.of("phase", one.phase().label(), "calls", one.calls(),
                "example", one.example().toString(), "reply", Printable.peer(one.reply(), MOST_OF_A_REPLY))).toList());
        return map;
    }
}
