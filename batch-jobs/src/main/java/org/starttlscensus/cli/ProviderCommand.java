package org.starttlscensus.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "provider",
        description = {
            "List what each mail provider saw of the census; pause or resume one provider.",
            "A provider is an organisation that runs mail servers; its servers share their limits."
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
            "  census provider list                                 the last night at each provider",
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
                "provider: no command was given; the commands are: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
