package org.starttlscensus.cli;

import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.ProviderWord;
import org.starttlscensus.store.ProviderWords;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What {@code provider pause} and {@code provider resume} have in common: the word is recorded, with who said it and when. */
final class ProviderSpeech {

    private static final int LONGEST_REASON = 500;

    @Parameters(paramLabel = "NAME", description = "As census provider list names it: a domain, or net: and a prefix.")
    private String name = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; recorded with the word, at most 500 characters.")
    private @Nullable String reason;

    @Option(names = "--in-advance", description = "Even if no plan has named this provider yet.")
    private boolean inAdvance;

    int say(ProviderWord.Kind kind, CensusSettings settings, CommandLine command) {
        var provider = name.strip().toLowerCase(Locale.ROOT);
        if (!provider.matches("[a-z0-9_][a-z0-9._:/-]{0,254}")) {
            throw new ParameterException(command, "\"%s\" is no provider's name; expected is one like example.net or net:192.0.2.0/24"
                    .formatted(name));
        }
        var why = Optional.ofNullable(reason).map(String::strip).filter(text -> !text.isEmpty());
        if (why.filter(text -> text.length() > LONGEST_REASON).isPresent()) {
            throw new ParameterException(command, "the reason has %,d characters; at most %d are kept".formatted(
                    why.get().length(), LONGEST_REASON));
        }
        try (var database = Databases.open(settings.database())) {
            var words = new ProviderWords(database);
            if (!inAdvance && !words.knows(provider)) {
                command.getErr().printf("census: %s has never planned to call a provider %s, so nothing was recorded. See how they are "
                        + "called with: census provider list --all. To say it nevertheless: --in-advance%n",
                        Printable.line(database.where()), provider);
                return Faults.REFUSED;
            }
            words.say(provider, kind, Clock.systemUTC().instant(), System.getProperty("user.name", "unknown"),
                    why.map(text -> text.replace("\u0000", "")));
            command.getOut().println(switch (kind) {
                case PAUSE -> "%s is paused: nobody there is called until: census provider resume %s".formatted(provider, provider);
                case RESUME -> "%s is called again, one call at a time to begin with.".formatted(provider);
            });
            command.getOut().flush();
            return CommandLine.ExitCode.OK;
        }
    }
}
