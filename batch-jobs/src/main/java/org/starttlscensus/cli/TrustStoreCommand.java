package org.starttlscensus.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "trust-store",
        description = {
            "List the root certificates that judge chains; bring newer ones.",
            "A trust store has a name with its date, and a name always means the same roots."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TrustStoreListCommand.class, TrustStoreUpdateCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  census trust-store list",
            "  census trust-store update certifi-2026.7.22-py3-none-any.whl",
            "  census trust-store update cacert-2026-09-01.pem"
        })
final class TrustStoreCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "trust-store: no command was given; the commands are: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
