package org.starttlscensus.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.starttlscensus.store.RunRequests;
import org.starttlscensus.store.RunRequests.Request;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * What {@code census pause}, {@code resume} and {@code stop} share: a request to the running night, or to its next run.
 */
abstract sealed class RunRequestCommand implements Callable<Integer> {

    private final Request request;
    private final String effect;
    private final String effectInDemo;

    @Mixin
    private OutputOptions output;

    @Mixin
    private LookingOptions options;

    private RunRequestCommand(Request request, String effect, String effectInDemo) {
        this.request = request;
        this.effect = effect;
        this.effectInDemo = effectInDemo;
    }

    @Command(
            name = "pause",
            description = {
                "Call no server until `census resume`; open calls are finished.",
                "This applies to the current night, also if its run is started again."
            },
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {
                "  census pause",
                "  census status     shows the progress, and that the night is paused",
                "  census resume"
            })
    static final class PauseNight extends RunRequestCommand {
        private static final String EFFECT =
                "within two seconds no more servers are called; open calls are finished. To continue: census resume";

        PauseNight() {
            super(Request.PAUSE, EFFECT, EFFECT + " --demo");
        }
    }

    @Command(
            name = "resume",
            description = "Continue a paused night.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  census resume")
    static final class ResumeNight extends RunRequestCommand {
        ResumeNight() {
            super(
                    Request.RESUME,
                    "it continues where it was paused, if its run is alive; else start one: census run",
                    "it continues where it was paused, if its demo is alive; else the next `census demo` runs the "
                            + "next night");
        }
    }

    @Command(
            name = "stop",
            description = {
                "Call no more servers in this night; what was measured is judged and published.",
                "To interrupt a run and continue it later, use SIGTERM or Ctrl-C instead."
            },
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  census stop")
    static final class StopNight extends RunRequestCommand {
        private static final String EFFECT =
                "no more servers are called in it; those not called yet become not_attempted_window_end. What was "
                        + "measured is judged and published by the run";

        StopNight() {
            super(
                    Request.STOP,
                    EFFECT + ", or by the next census run",
                    EFFECT + ", or only judged, by the next `census demo`");
        }
    }

    @Override
    public Integer call() {
        try (var database = Databases.look(options.read().database())) {
            var night = NightOption.latest(database);
            if (night.completedAt().isPresent()) {
                throw new RefusedRequestException("%s: night %s is complete, so there is nothing to %s."
                        .formatted(Printable.line(database.where()), night.night(), request.label()));
            }
            var now = Instant.now(Clock.systemUTC());
            new RunRequests(database).add(night.night(), request, now);
            output.print(
                    () -> new RunRequestJson(night.night().date(), request.label(), now),
                    out -> out.printf(
                            "Night %s: asked to %s. From then on %s.%n",
                            night.night(), request.label(), options.isDemo() ? effectInDemo : effect));
            return CommandLine.ExitCode.OK;
        }
    }
}
