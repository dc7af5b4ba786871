package org.starttlscensus.cli;

import java.util.concurrent.Callable;
import org.starttlscensus.store.ProviderWord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "pause",
        description = {"Call nobody of a provider until it is resumed.",
            "A night that runs heeds it within seconds; calls that are under way end in order. What was not called by the end of "
                    + "the night is not_attempted_suspended, which is unknown and never a no."},
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:recorded", "2:no such provider", "5:the database cannot be used"},
        footerHeading = "%nExamples:%n",
        footer = {"  census provider pause example.net --reason 'they wrote to us'"})
final class ProviderPauseCommand implements Callable<Integer> {

    @Mixin
    private ProviderSpeech speech;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return speech.say(ProviderWord.Kind.PAUSE, options.read(), spec.commandLine());
    }
}
