package org.starttlscensus.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "provider",
        description = {
            "What each mail provider saw of us, and the operator's word on it.",
            "A provider is whoever would notice us: all mail servers under one name share one pace."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ProviderListCommand.class,
            ProviderOverrideCommand.PauseProvider.class,
            ProviderOverrideCommand.ResumeProvider.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  census provider list                                 how the last night goes, or went, at each",
            "  census provider pause example.net --reason 'they wrote to us'",
            "  census provider resume example.net --reason 'allow-listed us'"
        })
final class ProviderCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "provider what? There are: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
