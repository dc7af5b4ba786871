package org.starttlscensus.cli;

import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.store.OperatorOverride;
import org.starttlscensus.store.OperatorOverrides;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What {@code census provider pause} and {@code resume} share: an override of one provider, recorded with user and
 * time.
 */
@Command(
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:recorded", "2:no such provider", "5:the database cannot be used"})
abstract sealed class ProviderOverrideCommand implements Callable<Integer> {

    private static final int LONGEST_REASON = 500;

    private final OperatorOverride.OverrideKind overrideKind;

    @Parameters(paramLabel = "NAME", description = "As shown by census provider list: a domain, or net: and a prefix.")
    private String name = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; recorded, at most 500 characters.")
    private @Nullable String reason;

    @Option(names = "--in-advance", description = "Accept a provider that was in no plan yet.")
    private boolean inAdvance;

    @Mixin
    private LookingOptions options;

    @Spec
    private CommandSpec spec;

    private ProviderOverrideCommand(OperatorOverride.OverrideKind overrideKind) {
        this.overrideKind = overrideKind;
    }

    @Command(
            name = "pause",
            description = {
                "Call no server of a provider until it is resumed.",
                "A running night obeys within seconds; open calls are finished. Servers not called by the end of "
                        + "the night become not_attempted_suspended: unknown, not \"no\"."
            },
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  census provider pause example.net --reason 'they wrote to us'")
    static final class PauseProvider extends ProviderOverrideCommand {
        PauseProvider() {
            super(OperatorOverride.OverrideKind.PAUSE);
        }
    }

    @Command(
            name = "resume",
            description = {
                "Call a provider again that was paused, or that blocked us and has allow-listed us since.",
                "Its earlier refusals no longer count: it is called as on the first night, one call at a time. "
                        + "A running night obeys within seconds."
            },
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  census provider resume example.net --reason 'allow-listed us, ticket 4711'")
    static final class ResumeProvider extends ProviderOverrideCommand {
        ResumeProvider() {
            super(OperatorOverride.OverrideKind.RESUME);
        }
    }

    @Override
    public Integer call() {
        var settings = options.read();
        var provider = provider();
        var why = why();
        try (var database = inAdvance ? Databases.open(settings.database()) : Databases.look(settings.database())) {
            var overrides = new OperatorOverrides(database);
            if (!inAdvance && !overrides.knows(provider)) {
                throw new RefusedRequestException(("%s: no plan has a provider %s, so nothing was recorded. "
                                + "To list the names: census provider list --all%s. "
                                + "To record it anyway: --in-advance")
                        .formatted(Printable.line(database.where()), provider, options.forNextCommand()));
            }
            overrides.add(
                    provider,
                    overrideKind,
                    Clock.systemUTC().instant(),
                    System.getProperty("user.name", "unknown"),
                    why);
        }
        spec.commandLine()
                .getOut()
                .println(
                        switch (overrideKind) {
                            case PAUSE ->
                                "%s is paused: none of its servers is called until: census provider resume %s%s"
                                        .formatted(provider, provider, options.forNextCommand());
                            case RESUME -> "%s is called again, one call at a time at first.".formatted(provider);
                        });
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }

    private String provider() {
        var provider = name.strip().toLowerCase(Locale.ROOT);
        if (provider.matches("[a-z0-9_][a-z0-9._:/-]{0,254}")) return provider;
        throw new ParameterException(
                spec.commandLine(),
                "\"%s\" is not the name of a provider; expected is one like example.net or net:192.0.2.0/24"
                        .formatted(name));
    }

    private Optional<String> why() {
        var why = Optional.ofNullable(reason).map(String::strip).filter(text -> !text.isEmpty());
        if (why.filter(text -> text.length() > LONGEST_REASON).isPresent()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the reason has %,d characters; at most %d are allowed"
                            .formatted(why.get().length(), LONGEST_REASON));
        }
        return why.map(text -> text.replace("\u0000", ""));
    }
}
