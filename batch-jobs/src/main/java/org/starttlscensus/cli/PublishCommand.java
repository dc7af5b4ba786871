package org.starttlscensus.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.NightPublisher;
import org.starttlscensus.ledger.MonotonicClock;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.AcceptedReason;
import org.starttlscensus.store.ConditionsHistory;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightConditions;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.Publications;
import org.starttlscensus.store.RunLock;
import org.starttlscensus.store.RunLockAnswer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "publish",
        description = {
            "Write the files of a complete night. Calls no server, and judges nothing again.",
            "A night outside a lab ends without files, with exit code 3: an outage of our own would look like a change "
                    + "of the Internet, and nothing in the program notices that yet. So somebody looks at it first "
                    + "(census status, census database psql) and says why it may be published. The reason is kept "
                    + "and shown by census status.",
            "A night that was published before is written again without a reason; equal files stay as they are."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:published",
            "2:refused: no such night, it is not complete or was broken off, or no reason was given",
            "5:environment: database, disk, output folder",
            "75:a run, a check or another command holds the lock; try again later"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  census publish --night 2026-11-23 --accept \"coverage 91 %%, no provider newly blocked\"",
            "  census publish --night 2026-11-23                     again, into the same folder",
            "  census publish --night 2026-11-23 --out /srv/census   again, elsewhere"
        })
final class PublishCommand implements Callable<Integer> {

    @Option(
            names = "--night",
            paramLabel = "DATE",
            required = true,
            converter = NightConverter.class,
            description = "The night, for example 2026-11-23.")
    private @Nullable CensusNight night;

    @Option(
            names = "--accept",
            paramLabel = "WHY",
            description = "Why it may be published: one line of at most 500 characters.")
    private @Nullable String accepted;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The folder of all nights' results; this night becomes a folder in it " + "(default: "
                    + NightFolders.DEFAULT + ").")
    private @Nullable Path out;

    @Mixin
    private LookingOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var settings = options.read();
        var reason = reason();
        try (var database = Databases.look(settings.database())) {
            return switch (database.askForRunLock(RunLock.Holder.WORK)) {
                case RunLockAnswer.HeldBy(var holder) -> {
                    spec.commandLine()
                            .getErr()
                            .println("census: " + LockWords.busy(database, holder, options.forNextCommand()));
                    yield Faults.LOCKED;
                }
                case RunLockAnswer.Acquired(var lock) -> {
                    try (var _ = lock) {
                        publish(database, settings, publishable(database, reason), reason);
                    }
                    yield CommandLine.ExitCode.OK;
                }
            };
        }
    }

    private Optional<AcceptedReason> reason() {
        try {
            return Optional.ofNullable(accepted).map(AcceptedReason::new);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--accept: " + e.getMessage());
        }
    }

    private CensusNight wanted() {
        if (night == null) throw new IllegalStateException("picocli requires it");
        return night;
    }

    private NightConditions publishable(Database database, Optional<AcceptedReason> reason) {
        var row = new Nights(database)
                .find(wanted())
                .orElseThrow(() -> refused("%s has no such night.%s"
                        .formatted(
                                Printable.line(database.where()),
                                new Nights(database)
                                        .latest()
                                        .map(NightRow::night)
                                        .map(" The last one is %s."::formatted)
                                        .orElse(" It has none."))));
        if (row.completedAt().isEmpty()) throw refused("it is not complete. census status shows how far it is.");
        if (row.isClosedEarly())
            throw refused("it was broken off, and judged by what it had. Such a night is never published.");
        var opening = new ConditionsHistory(database)
                .atOpening(wanted())
                .orElseThrow(
                        () -> refused("how it was measured is not known, so neither is what its files would say."));
        if (!opening.isLab()
                && reason.isEmpty()
                && new Publications(database).of(wanted()).isEmpty()) {
            throw refused("""
                    it was never published. Look at it first: census status --night %s. If it may be published, say \
                    why: census publish --night %s --accept "WHY".\
                    """.formatted(wanted(), wanted()));
        }
        return opening;
    }

    private RefusedRequestException refused(String why) {
        return new RefusedRequestException("night %s: %s No file was written.".formatted(wanted(), why));
    }

    private void publish(
            Database database, CensusSettings settings, NightConditions opening, Optional<AcceptedReason> reason) {
        if (opening.isLab()
                && out == null
                && !options.isDemo()
                && settings.lab().isEmpty()) {
            throw refused("it was measured in a lab, and these settings are none of a lab: it would be published "
                    + "among nights of the Internet. Name its folder with --out.");
        }
        var folder = NightFolders.published(out, options, settings)
                .resolve(wanted().toString())
                .toAbsolutePath()
                .normalize();
        try (var progress = ProgressLine.onStderr(spec.commandLine())) {
            new NightPublisher(database, progress, MonotonicClock.of(database))
                    .publish(wanted(), folder, opening.port(), reason);
        }
        NightSummary.files(folder, spec.commandLine().getOut());
    }
}
