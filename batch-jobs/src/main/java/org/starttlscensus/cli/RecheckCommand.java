package org.starttlscensus.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.SecondOpinion;
import org.starttlscensus.ledger.MonotonicClock;
import org.starttlscensus.names.DomainNames;
import org.starttlscensus.names.ParsedDomain;
import org.starttlscensus.ondemand.CheckedServer;
import org.starttlscensus.ondemand.DomainCheck;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.RunLock;
import org.starttlscensus.store.RunLockAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "recheck",
        description = {
            "Look again at the servers of a postmaster who says that a verdict is wrong, and put it right.",
            "All limits hold: half an hour between two calls to a server, and three calls a night. The look counts for "
                    + "the last night, if that ended less than two days ago. Where it shows STARTTLS, and is better "
                    + "than what was published, the row of that night is replaced, its files are written again, and "
                    + "CHANGES.md beside them says so. A look that shows less takes nothing away.",
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:looked again; the answer says what was put right",
            "2:refused: no such server, it asked to be left out, the night is too old, or it may not be called now; "
                    + "the answer says when",
            "5:the database, or a published file, cannot be used",
            "75:a running night or another command holds the lock; try again later"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  census recheck example.org --because 'mail of 2026-11-30: new certificate'",
            "  census recheck 192.0.2.25 --because 'ticket 4711' --json"
        })
final class RecheckCommand implements Callable<Integer> {

    private static final int LONGEST_WAIT_SECONDS = 600;
    private static final int LONGEST_BECAUSE = 500;

    @Parameters(paramLabel = "DOMAIN|IP", description = "A mail domain, or the address of a mail server.")
    private String name = "";

    @Option(
            names = "--because",
            paramLabel = "TEXT",
            required = true,
            description = "Why; kept, never published, at most 500 characters.")
    private String because = "";

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            converter = CountConverter.class,
            defaultValue = "60",
            description = "The longest wait until the limits allow a call (default: 60, at most 600).")
    private int seconds;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "The folder of all nights' results, as of census run (default: " + NightFolders.DEFAULT + ").")
    private @Nullable Path out;

    @Mixin
    private OutputOptions output;

    @Mixin
    private LookingOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (because.isBlank() || because.length() > LONGEST_BECAUSE) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--because has %,d characters; expected are 1 to %d, for example 'mail of 2026-11-30'"
                            .formatted(because.strip().length(), LONGEST_BECAUSE));
        }
        if (seconds > LONGEST_WAIT_SECONDS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--wait %d: at most %d seconds are allowed".formatted(seconds, LONGEST_WAIT_SECONDS));
        }
        if (!options.isDemo()) return recheck(options.read());
        try (var lab = DemoLab.open(DemoHome.ofThisProgram())) {
            return recheck(options.ofDemo(lab.settings()));
        }
    }

    private int recheck(CensusSettings settings) throws Exception {
        Departure.ofCalls(spec.commandLine(), settings);
        try (var database = Databases.open(settings.database());
                var progress = ProgressLine.onStderr(spec.commandLine())) {
            PreflightGate.require(spec.commandLine(), settings, database);
            var clock = MonotonicClock.of(database);
            var askedAt = clock.instant();
            var opinion = new SecondOpinion(database, settings, clock);
            opinion.tooOld().ifPresent(RecheckCommand::refuse);
            var check = new DomainCheck(database, settings, clock, progress);
            var looked = StopOnSignal.whileChecking(check, progress, () -> look(check, Duration.ofSeconds(seconds)));
            progress.close();
            var called = looked.servers().stream()
                    .filter(server -> server.finding() instanceof CheckedServer.Finding.Called)
                    .map(CheckedServer::endpoint)
                    .toList();
            return switch (database.askForRunLock(RunLock.Holder.WORK)) {
                case RunLockAnswer.HeldBy(var holder) -> {
                    spec.commandLine()
                            .getErr()
                            .println("census: " + LockWords.busy(database, holder, options.forNextCommand()));
                    yield Faults.LOCKED;
                }
                case RunLockAnswer.Acquired(var lock) -> {
                    try (lock) {
                        var reviewed = opinion.review(looked.night(), called, because.strip(), askedAt);
                        print(looked, reviewed, opinion.publish(NightFolders.published(out, options, settings)));
                        yield called.isEmpty() ? notCalled(looked) : ExitCode.OK;
                    }
                }
            };
        }
    }

    private static void refuse(CensusNight night) {
        throw new RefusedRequestException(
                ("night %s, the last one, ended more than %d days ago: what is seen now says nothing about it. "
                                + "No server was called, and its rows stay. The next night measures them: census run")
                        .formatted(night, SecondOpinion.LATEST.toDays()));
    }

    private record Looked(CensusNight night, List<CheckedServer> servers) {}

    private Looked look(DomainCheck check, Duration patience) throws InterruptedException {
        var address = address();
        if (address.isPresent()) {
            var checked = check.lookAgain(address.get(), patience);
            if (checked.servers().isEmpty()) {
                throw new RefusedRequestException(
                        ("%s is in no plan of night %s, or asked to be left out, so it was not called. "
                                        + "Give the domain instead.")
                                .formatted(address.get(), checked.night()));
            }
            return new Looked(checked.night(), checked.servers());
        }
        var checked = check.lookAgain(
                switch (DomainNames.read(name)) {
                    case ParsedDomain.Usable(var domain) -> domain;
                    case ParsedDomain.Unusable(var fault) ->
                        throw new ParameterException(
                                spec.commandLine(),
                                "\"%s\" is neither a mail domain nor an address: %s"
                                        .formatted(name, fault.description()));
                },
                patience);
        if (checked.servers().isEmpty()) {
            throw new RefusedRequestException(
                    ("%s has no mail server that can be called (%s), so there is nothing to look at again. "
                                    + "Ask: census check %s%s")
                            .formatted(name, checked.route().route().label(), name, options.forNextCommand()));
        }
        return new Looked(checked.night(), checked.servers());
    }

    private Optional<Address> address() {
        if (!name.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) return Optional.empty();
        try {
            return Optional.of(Address.of(name));
        } catch (IllegalArgumentException invalid) {
            throw new ParameterException(spec.commandLine(), "\"%s\" is not an IP address".formatted(name));
        }
    }

    private static int notCalled(Looked looked) {
        return looked.servers().stream()
                        .anyMatch(server ->
                                server.finding() instanceof CheckedServer.Finding.NotMeasured(var reason, var _, var _)
                                        && (reason == CheckedServer.NotMeasuredReason.RUN_AT_WORK
                                                || reason == CheckedServer.NotMeasuredReason.PLANNED
                                                || reason == CheckedServer.NotMeasuredReason.DATABASE_BUSY))
                ? Faults.LOCKED
                : Faults.REFUSED;
    }

    private void print(Looked looked, List<SecondOpinion.Reviewed> reviewed, List<SecondOpinion.Rewriting> published) {
        output.print(
                () -> RecheckJson.of(looked.night(), looked.servers(), reviewed, published),
                out -> RecheckText.print(out, looked.night(), looked.servers(), reviewed, published));
    }
}
