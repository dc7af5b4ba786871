package org.starttlscensus.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.job.ConfiguredTrustStore;
import org.starttlscensus.ledger.MonotonicClock;
import org.starttlscensus.names.DomainNames;
import org.starttlscensus.names.ParsedDomain;
import org.starttlscensus.ondemand.CheckedDomain;
import org.starttlscensus.ondemand.DomainCheck;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.ConfirmedLooks;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Explanations;
import org.starttlscensus.verdict.ChainJudge;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description = {
            "Can mail to one domain be sent over TLS? Calls its mail servers now. The first line answers: yes; yes, "
                    + "but (and what is wrong); no; or unknown (we could not find out, which is never a no).",
            "The limits of a night apply. A result less than 24 hours old is used again, and a provider that "
                    + "has refused us is not called. Where a single look is no proof, a check half an hour later is "
                    + "the second look; the last line says from when."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:answered, whatever the answer is: also no, and unknown; short_answer of --json tells which",
            "2:not a mail domain, or a wrong setting",
            "4:this machine may not call others yet; census doctor says why",
            "5:the database cannot be used",
            "75:a running night has not called the servers yet, or another command uses the database; try again later"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  census check example.org",
            "  census check example.org --verbose      with all that is known of each server",
            "  census check example.org --evidence     the same, and with every reply of the servers",
            "  census check example.org --json",
            "  For scripts, which read yes, yes_but, no, unknown or no_mail; the second needs no jq:",
            "    census check example.org --json | jq -r .short_answer",
            "    census check example.org --json | grep -o '\"short_answer\":\"[^\"]*' | head -1",
            "  census check NAME --demo                a domain of `census demo`; starts its servers again",
            "  census check NAME --config lab.properties     in the lab: census lab > lab.properties"
        })
final class CheckCommand implements Callable<Integer> {

    private static final int LONGEST_WAIT_SECONDS = 600;

    @Parameters(paramLabel = "DOMAIN", description = "The part of a mail address after the @.")
    private String name = "";

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            converter = CountConverter.class,
            defaultValue = "60",
            description = "The longest wait until the limits allow a call (default: 60, at most 600).")
    private int seconds;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show all that is known of each server, instead of a few lines.")
    private boolean verbose;

    @Option(names = "--evidence", description = "The same, and each call phase by phase, as `census explain` does.")
    private boolean evidence;

    @Mixin
    private OutputOptions output;

    @Mixin
    private LookingOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var domain = domain();
        if (seconds > LONGEST_WAIT_SECONDS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--wait %d: at most %d seconds are allowed".formatted(seconds, LONGEST_WAIT_SECONDS));
        }
        if (!options.isDemo()) return check(domain, options.read());
        try (var lab = DemoLab.open(DemoHome.ofThisProgram())) {
            return check(domain, options.ofDemo(lab.settings()));
        }
    }

    private int check(MailDomain domain, CensusSettings settings) throws Exception {
        Departure.ofCalls(spec.commandLine(), settings);
        NightFolders.requireOwnDatabase(settings);
        try (var database = Databases.open(settings.database());
                var progress = ProgressLine.onStderr(spec.commandLine())) {
            PreflightGate.require(spec.commandLine(), settings, database);
            var clock = MonotonicClock.of(database);
            var check = new DomainCheck(database, settings, clock, progress);
            var checked =
                    StopOnSignal.whileChecking(check, progress, () -> check.check(domain, Duration.ofSeconds(seconds)));
            progress.close();
            print(database, settings, checked, clock.instant());
            return checked.isWorthRetrying() ? Faults.LOCKED : CommandLine.ExitCode.OK;
        }
    }

    private MailDomain domain() {
        return switch (DomainNames.read(name)) {
            case ParsedDomain.Usable(var domain) -> domain;
            case ParsedDomain.Unusable(var fault) ->
                throw new ParameterException(
                        spec.commandLine(),
                        "\"%s\" is not a mail domain: %s. Expected is a name such as example.org"
                                .formatted(name, fault.description()));
        };
    }

    private void print(Database database, CensusSettings settings, CheckedDomain checked, Instant now) {
        var chains = Optional.of(new ChainJudge(ConfiguredTrustStore.of(settings, database, checked.night())));
        var gap = settings.tonightsLimits().endpoint().gap();
        var confirmed = new ConfirmedLooks(database)
                .of(
                        checked.night(),
                        checked.servers().stream()
                                .map(server -> server.endpoint().address())
                                .toList(),
                        gap);
        var explanations = new Explanations(database);
        List<MeasuredServer> servers = checked.servers().stream()
                .map(server -> MeasuredServer.of(server, explanations, chains, gap, confirmed))
                .toList();
        var answers = Answers.of(checked.route(), servers);
        var answer = DomainAnswer.of(checked.route(), servers, answers);
        output.print(() -> CheckJson.of(checked, servers, answers, answer), out -> {
            if (verbose || evidence) new CheckDetails(out, chains, now, evidence).print(checked, servers, answer);
            else new CheckText(out, now).print(checked, servers, answer);
            LabTime.sentence(settings)
                    .filter(_ -> answer.askAgainAt().isPresent())
                    .ifPresent(out::println);
        });
    }
}
