package org.starttlscensus.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "census",
        description = "A nightly, polite census of how far TLS goes at the world's mail servers.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            DemoCommand.class,
            LabCommand.class,
            StatusCommand.class,
            ExplainCommand.class,
            CheckCommand.class,
            RecheckCommand.class,
            SimulateCommand.class,
            NightCommand.class,
            ProviderCommand.class,
            OptOutCommand.class,
            JudgeCommand.class,
            ReassessCommand.class,
            PublishCommand.class,
            PruneCommand.class,
            ListsCommand.class,
            TrustStoreCommand.class,
            SettingsCommand.class,
            MachineCommand.class,
            DoctorCommand.class,
            IdentityCommand.class,
            DatabaseCommand.class,
            RunRequestCommand.PauseNight.class,
            RunRequestCommand.ResumeNight.class,
            RunRequestCommand.StopNight.class,
            HelpCommand.class,
            CompletionCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a bug of this program",
            "2:wrong usage or setting, an unusable list, or the night is complete already",
            "3:the night is complete, and waits for census publish",
            "4:this machine may not call yet; census doctor says why",
            "5:environment: database, disk, files that this user may not use",
            "75:another run holds the lock; try again later",
            "130, 143:interrupted by a signal; the next run continues from there"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  census demo                    a whole night on this machine, in a minute",
            "  census run --list domains.csv  tonight's census of a list",
            "  census status                  progress or results of the last night",
            "  census explain example.org     all evidence for one verdict",
            "  census check example.org       check one domain now",
            "  census doctor                  may this machine call others, and what is to be mended",
            "  census help run                what a command does, its options and examples"
        })
final class CensusCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "no command was given; the commands are: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
