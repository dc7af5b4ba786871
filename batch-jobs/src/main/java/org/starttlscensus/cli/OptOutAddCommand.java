package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.OptOutSubject;
import org.starttlscensus.job.Takedowns;
import org.starttlscensus.names.Network;
import org.starttlscensus.names.PublicSuffixes;
import org.starttlscensus.publish.TakedownResult;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.OptOuts;
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
        name = "add",
        description = {
            "Leave out a name with all names below it, an address, or a network.",
            "A running night obeys within ten seconds: no connection is opened there any more. Nights that were "
                    + "published before are written again without the rows, when the next night is published, or now "
                    + "with --takedown. CHANGES.md beside them says which night and how many rows, never who.",
            "To add it again does no harm: it completes a takedown that was interrupted."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:left out from now on",
            "2:not a name or network, or so wide that it needs --yes; nothing was noted",
            "5:the database, or a published file, cannot be used; what was noted is obeyed all the same",
            "75:left out from now on, but --takedown has to wait: another command holds the lock"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  census opt-out add example.org            the domain, its mail hosts, and all names below",
            "  census opt-out add mx.provider.example    mail hosts of that name or below, whomever they serve",
            "  census opt-out add 192.0.2.1 --by 'abuse@example.org' --note 'phone, 2026-11-30'",
            "  census opt-out add 2001:db8::/32 --takedown"
        })
final class OptOutAddCommand implements Callable<Integer> {

    /** Wider networks than these need --yes. */
    private static final int WIDEST_IPV4 = 16;

    private static final int WIDEST_IPV6 = 32;

    private static final int LONGEST_ASKED_BY = 200;
    private static final int LONGEST_NOTE = 500;

    @Parameters(
            paramLabel = "WHO",
            converter = OptOutConverter.class,
            description = "A domain or mail host, an address, or a network such as 192.0.2.0/24.")
    private OptOutSubject subject = OptOutSubject.ofName("unset.invalid");

    @Option(names = "--by", paramLabel = "TEXT", description = "Who asked; kept, never published.")
    private @Nullable String askedBy;

    @Option(names = "--note", paramLabel = "TEXT", description = "How and when they asked; kept, never published.")
    private @Nullable String note;

    @Option(names = "--yes", description = "Also if it covers very much.")
    private boolean yes;

    @Option(names = "--takedown", description = "Write the published nights again now.")
    private boolean takedown;

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
    public Integer call() {
        var settings = options.read();
        var told = new OptOuts.Told(text("--by", askedBy, LONGEST_ASKED_BY), text("--note", note, LONGEST_NOTE));
        if (!yes) requireNotTooWide();
        try (var database = Databases.open(settings.database())) {
            var nights = NightFolders.published(out, options, settings);
            var now = Clock.systemUTC().instant();
            var optOuts = new OptOuts(database);
            var isNew = optOuts.add(subject, told, System.getProperty("user.name", "unknown"), now);
            var taken = takedown ? takeDown(database, nights, now) : Optional.of(TakedownResult.NOTHING);
            var known = optOuts.known(subject);
            output.print(
                    () -> OptOutChangeJson.of(subject, true, known, taken.orElse(TakedownResult.NOTHING)),
                    words -> print(isNew, known, taken, nights, words));
            taken.ifPresent(done -> done.skipped().forEach(this::warn));
            return taken.map(done -> done.skipped().isEmpty() ? ExitCode.OK : Faults.ENVIRONMENT)
                    .orElse(Faults.LOCKED);
        }
    }

    /** Empty if another command holds the lock. */
    private Optional<TakedownResult> takeDown(Database database, Path nights, Instant now) {
        return switch (database.askForRunLock(RunLock.Holder.WORK)) {
            case RunLockAnswer.HeldBy _ -> Optional.empty();
            case RunLockAnswer.Acquired(var lock) -> {
                try (lock) {
                    yield Optional.of(Takedowns.run(database, nights, now));
                }
            }
        };
    }

    private void warn(TakedownResult.SkippedFolder skipped) {
        spec.commandLine().getErr().println("census: " + Printable.line(Takedowns.words(skipped)) + ".");
    }

    private void print(
            boolean isNew, OptOuts.KnownOf known, Optional<TakedownResult> taken, Path nights, PrintWriter words) {
        words.printf(
                "%s is %s: never called, and in no file. Known here: %,d domains, %,d mail hosts, %,d servers.%n",
                subject,
                isNew ? "left out from now on" : "left out already",
                known.domains(),
                known.hosts(),
                known.servers());
        words.println("A running night obeys within ten seconds.");
        if (!takedown) {
            words.println("Published nights are written again with the next night, or now: census opt-out add "
                    + subject + " --takedown" + options.forNextCommand());
        } else if (taken.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "census: the published nights are not written again yet, because another command holds the "
                                    + "lock. A run does it when it publishes; after any other, start this again.");
        } else {
            var done = taken.get();
            done.rewritten().forEach(night -> words.println("Rewritten: " + Takedowns.words(night) + "."));
            if (done.equals(TakedownResult.NOTHING))
                words.printf("No published night in %s has such a row.%n", Printable.line(nights.toString()));
        }
    }

    private void requireNotTooWide() {
        subject.network().map(Network::of).ifPresent(network -> {
            int least = network.first().isIpv6() ? WIDEST_IPV6 : WIDEST_IPV4;
            if (network.length() < least) {
                throw tooWide("a network as wide as /%d; up to /%d needs no --yes".formatted(network.length(), least));
            }
        });
        subject.name()
                .filter(name -> PublicSuffixes.registrable(new Hostname(name)).isEmpty())
                .ifPresent(_ -> {
                    throw tooWide("a public suffix, below which anybody registers names");
                });
    }

    private ParameterException tooWide(String why) {
        return new ParameterException(
                spec.commandLine(),
                "%s is %s. Nothing was noted. If all of it asked to be left out, add --yes".formatted(subject, why));
    }

    private Optional<String> text(String option, @Nullable String text, int longest) {
        var given = Optional.ofNullable(text)
                .map(word -> word.strip().replace("\u0000", ""))
                .filter(word -> !word.isEmpty());
        if (given.filter(word -> word.codePointCount(0, word.length()) > longest)
                .isPresent()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s has %,d characters; at most %d are allowed"
                            .formatted(option, given.get().length(), longest));
        }
        return given;
    }
}
