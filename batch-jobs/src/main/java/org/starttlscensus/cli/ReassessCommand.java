package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.Reassessment;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.RunLock;
import org.starttlscensus.store.RunLockAnswer;
import org.starttlscensus.verdict.TrustStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "reassess",
        description = {
            "Judge past nights again from what was stored. No server is called.",
            "Every certificate chain is judged once by each trust store, however many servers showed it. If a night "
                    + "was judged by older definitions, its servers are judged again, too. What comes out otherwise "
                    + "is stored beside what was published: view pub.server_by_version has both. How the night was "
                    + "measured is stored with it, so today's settings change no verdict.",
            "Nothing that was published changes: no file, no trend, no row of pub.server. If interrupted, the same "
                    + "command continues where it stopped."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "2:refused: a wrong setting, or a trust store that cannot be used",
            "5:environment: database",
            "75:a run, a check or another command holds the lock; try again later"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  census reassess --since 2026-11-01",
            "  census reassess --since 2026-11-01 --trust-store apple-2026-11-20.pem",
            "",
            "Then, with psql, the verdict of every trust store on a server:",
            "  SELECT trust_store, method_version, chain FROM pub.server_chain",
            "  WHERE night = '2026-11-23' AND mx_host = 'mx.example.org'"
        })
final class ReassessCommand implements Callable<Integer> {

    @Option(
            names = "--since",
            paramLabel = "DATE",
            required = true,
            converter = NightConverter.class,
            description = "Judge what was seen in this night or later.")
    private @Nullable CensusNight since;

    @Option(
            names = "--trust-store",
            paramLabel = "FILE",
            description = "Judge by these roots (PEM) only; the verdicts of other trust stores are kept.")
    private @Nullable Path trustStore;

    @Option(
            names = "--trust-store-name",
            paramLabel = "NAME",
            description = "Its name, with its date (default: the file's name without .pem). "
                    + "A name must always mean the same roots.")
    private @Nullable String trustStoreName;

    @Mixin
    private OutputOptions output;

    @Mixin
    private LookingOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var settings = options.read();
        var given = given();
        try (var database = Databases.look(settings.database())) {
            return switch (database.askForRunLock(RunLock.Holder.WORK)) {
                case RunLockAnswer.HeldBy(var holder) -> {
                    spec.commandLine()
                            .getErr()
                            .println("census: " + LockWords.busy(database, holder, options.forNextCommand()));
                    yield Faults.LOCKED;
                }
                case RunLockAnswer.Acquired(var held) -> reassess(database, settings, given, held);
            };
        }
    }

    private int reassess(Database database, CensusSettings settings, Optional<TrustStore> given, RunLock lock) {
        try (var held = lock;
                var progress = ProgressLine.onStderr(spec.commandLine())) {
            var reassessmentResult =
                    new Reassessment(database, settings, progress, InstantSource.system()).run(since(), given, held);
            output.print(() -> ReassessmentJson.of(reassessmentResult), out -> table(reassessmentResult, out));
            return ExitCode.OK;
        }
    }

    private CensusNight since() {
        if (since == null) throw new IllegalStateException("picocli requires it");
        return since;
    }

    private Optional<TrustStore> given() {
        if (trustStore == null) {
            if (trustStoreName != null)
                throw new ParameterException(spec.commandLine(), "--trust-store-name needs --trust-store");
            return Optional.empty();
        }
        var name = trustStoreName == null
                ? trustStore.getFileName().toString().replaceFirst("\\.(pem|crt)$", "")
                : trustStoreName;
        return Optional.of(TrustStore.read(name, trustStore));
    }

    private static void table(Reassessment.ReassessmentResult reassessmentResult, PrintWriter out) {
        out.printf("%-40s %12s %12s%n", "trust store", "chains", "changed");
        for (var each : reassessmentResult.stores()) {
            out.printf(
                    "%-40s %,12d %,12d%s%n",
                    Printable.line(each.trustStore()),
                    each.chains(),
                    each.changed(),
                    each.resumedAfter() == 0 ? "" : "   continued after the first %,d".formatted(each.resumedAfter()));
        }
        reassessmentResult
                .nights()
                .forEach(night -> out.printf("night %s: servers judged again by today's definitions%n", night));
        reassessmentResult
                .skipped()
                .forEach(skipped ->
                        out.printf("night %s: left as it is, because %s%n", skipped.night(), words(skipped.reason())));
    }

    private static String words(Reassessment.SkipReason reason) {
        return switch (reason) {
            case TRUST_STORE_UNKNOWN ->
                "its trust store is not available. Name it with --set census.tls.trust-store=FILE "
                        + "and census.tls.trust-store-name=NAME";
            case NOT_COMPLETE ->
                "it is not complete. The next census run continues or closes it; then it can be judged again";
            case LEDGER_GONE ->
                "its plan, permits and replies, or those of a night less than 33 nights before it, were dropped "
                        + "(census prune), and outcomes are read from them. Its chains were judged all the same";
            case FACTS_MISSING ->
                "some of its calls, or of what was said in them, are not in this database. A night is judged "
                        + "whole or not at all. Restore them from a backup";
            case CONDITIONS_UNKNOWN ->
                "an earlier version of the program opened it, which did not keep how the night was measured. "
                        + "Its verdicts and its files stay as they are";
        };
    }
}
