package org.starttlscensus.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "opt-out",
        description = {
            "Leave somebody out who asks for it: never called, and in no file.",
            "A domain can also ask by a record in its DNS: _starttls-census.DOMAIN TXT \"v=census1; opt-out\". Whoever "
                    + "runs an address puts the same record below the address's PTR name. Each night looks for it."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {OptOutAddCommand.class, OptOutListCommand.class, OptOutRemoveCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  census opt-out add example.org --by 'postmaster@example.org' --note 'mail of 2026-11-30'",
            "  census opt-out add 192.0.2.0/24",
            "  census opt-out list",
            "  census opt-out remove example.org"
        })
final class OptOutCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "opt-out: no command was given; the commands are: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
