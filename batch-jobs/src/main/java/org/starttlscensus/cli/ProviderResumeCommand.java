package org.starttlscensus.cli;

import java.util.concurrent.Callable;
import org.starttlscensus.store.ProviderWord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "resume",
        description = {"Call a provider again: one that was paused, or one that blocked us and has allow-listed us since.",
            "What it held against us before is forgotten: it is approached as on the first night, one call at a time. A night that "
                    + "runs heeds it within seconds."},
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:recorded", "2:no such provider", "5:the database cannot be used"},
        footerHeading = "%nExamples:%n",
        footer = {"  census provider resume example.net --reason 'allow-listed us, ticket 4711'"})
final class ProviderResumeCommand implements Callable<Integer> {

    @Mixin
    private ProviderSpeech speech;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return speech.say(ProviderWord.Kind.RESUME, options.read(), spec.commandLine());
    }
}
